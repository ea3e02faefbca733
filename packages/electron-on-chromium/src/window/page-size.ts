import { randomUUID } from 'node:crypto';
import type { CdpSession } from '../cdp/session.ts';

export interface WindowSize {
  /** The page, in CSS pixels. */
  readonly content: { readonly width: number; readonly height: number };
  /** The frame around it, on the display. */
  readonly frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Chromium's protocol does not tell when a window's page gets another size, so the page does, from a world of its own. */
export async function watchSize(cdp: CdpSession, listener: (size: WindowSize) => void): Promise<void> {
  const binding = `electronSize${randomUUID().replaceAll('-', '')}`;
  const worldName = 'electron-page-size';
  cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === binding) listener(JSON.parse(payload) as WindowSize);
  });
  const source = `if (window === window.top) {
  const report = () => globalThis.${binding}(JSON.stringify({
    content: { width: innerWidth, height: innerHeight },
    frame: { x: screenX, y: screenY, width: outerWidth, height: outerHeight },
  }));
  addEventListener('resize', report);
  report();
}`;
  await Promise.all([
    cdp.send('Runtime.addBinding', { name: binding, executionContextName: worldName }),
    cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName }),
  ]);
}
