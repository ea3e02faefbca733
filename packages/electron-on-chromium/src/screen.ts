import { EventEmitter } from 'node:events';
import type { Display, Rectangle } from 'electron';
import type { CdpSession } from './cdp/session.ts';

/** A display that fits the windows of this runtime, until a window on a real one has told of that. */
const bounds: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };

const primary: Partial<Display> &
  Pick<Display, 'id' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor'> = {
  id: 1,
  label: '',
  bounds,
  workArea: bounds,
  size: { width: bounds.width, height: bounds.height },
  workAreaSize: { width: bounds.width, height: bounds.height },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
  colorDepth: 24,
  touchSupport: 'unknown',
};

/** `screen`: one display. It never changes, so its events are never told. */
class Screen extends EventEmitter {
  getPrimaryDisplay(): typeof primary {
    return primary;
  }

  getAllDisplays(): (typeof primary)[] {
    return [primary];
  }

  /** Nobody tells where the mouse is. */
  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 0, y: 0 };
  }

  getDisplayNearestPoint(): typeof primary {
    return primary;
  }

  getDisplayMatching(): typeof primary {
    return primary;
  }
}

export const screen = new Screen();

/** For the windows: the displays, as the Chromium that shows `page` knows them. Answers the primary one's. */
export async function learnDisplay(page: CdpSession): Promise<typeof primary> {
  const { screenInfos } = await page.send('Emulation.getScreenInfos');
  const [found] = screenInfos.filter(({ isPrimary }) => isPrimary).concat(screenInfos);
  if (found) {
    const { left, top, width, height, availLeft, availTop, availWidth, availHeight } = found;
    Object.assign(primary, {
      label: found.label,
      bounds: { x: left, y: top, width, height },
      size: { width, height },
      workArea: { x: availLeft, y: availTop, width: availWidth, height: availHeight },
      workAreaSize: { width: availWidth, height: availHeight },
      scaleFactor: found.devicePixelRatio,
      colorDepth: found.colorDepth,
    });
  }
  return primary;
}
