import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newUserData, removeUserData, Retrace } from '../../apps/desktop/e2e/app/retrace.ts';
import { openBarePage } from './bare-chromium.ts';
import type { BenchRow } from './bench-row.ts';
import { quantile } from './quantile.ts';

const CLICKS = 40;
const FRAMES = 120;

/** A page that is one colour, and one whose picture changes with every frame. */
const COLOURED = (colour: string): string =>
  `<!doctype html><title>${colour}</title><body style="background:${colour}">`;
const ANIMATED = `<!doctype html><body><script>
  const turn = (now) => { document.body.style.background = 'hsl(' + now / 10 + ' 80% 50%)'; requestAnimationFrame(turn); };
  requestAnimationFrame(turn);
</script>`;

async function serve(): Promise<{ origin: string; close: () => void }> {
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    response.setHeader('content-type', 'text/html').end(name === 'animated' ? ANIMATED : COLOURED(name));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** The usual time between two frames of a bare page's screencast, in milliseconds. */
async function frameTime(origin: string): Promise<number> {
  const profileDir = await mkdtemp(join(tmpdir(), 'retrace-bench-'));
  const { page, close } = await openBarePage(profileDir, `${origin}/animated`);
  const times: number[] = [];
  const enough = new Promise<void>((resolve) => {
    page.on('Page.screencastFrame', ({ sessionId }) => {
      times.push(performance.now());
      if (times.length > FRAMES) resolve();
      void page.send('Page.screencastFrameAck', { sessionId });
    });
  });
  await page.send('Page.enable');
  await page.send('Page.startScreencast', { format: 'jpeg', quality: 80 });
  await enough;
  await close();
  await rm(profileDir, { recursive: true, force: true });
  return quantile(times.slice(1).map((time, index) => time - (times[index] ?? time)));
}

/** From each click on a session until its row is the chosen one and its page is on the window, in milliseconds. */
async function clickToShown(origin: string): Promise<number[]> {
  const userData = await newUserData();
  const retrace = await Retrace.launch({ userData });
  const { api, ui, window } = retrace;
  for (const colour of ['lime', 'blue']) {
    const { session } = await api.sessions('create', {
      provider: 'custom',
      name: colour,
      url: `${origin}/${colour}`,
    });
    await api.sessions('activate', session.id);
    await retrace.page(session).arrived(`${origin}/${colour}`);
  }
  const area = await ui.pageArea.boundingBox();
  if (area === null) throw new Error('There is no page area.');
  const clip = { x: area.x + area.width / 2, y: area.y + area.height / 2, width: 1, height: 1 };
  const pixel = async (): Promise<string> => (await window.screenshot({ clip })).toString('base64');
  const pictures = new Map<string, string>();
  const samples: number[] = [];
  for (let click = 0; click < CLICKS; click += 1) {
    const colour = click % 2 === 0 ? 'lime' : 'blue';
    const known = pictures.get(colour);
    const started = performance.now();
    await ui.tab(colour).click();
    await window.locator(`[role=tab][aria-selected=true]`, { hasText: colour }).waitFor();
    if (known === undefined) {
      // The first time round nothing says what the page looks like: wait until the picture stands still.
      await window.waitForTimeout(1_000);
      pictures.set(colour, await pixel());
      continue;
    }
    while ((await pixel()) !== known);
    samples.push(performance.now() - started);
  }
  await retrace.quit();
  await removeUserData(userData);
  return samples;
}

/** From a click to the session shown, in frames of a bare page. The figure includes the taking of one-pixel screenshots. */
export async function benchSwitching(versions: Readonly<Record<string, string>>): Promise<BenchRow[]> {
  const site = await serve();
  try {
    const frame = await frameTime(site.origin);
    const shown = await clickToShown(site.origin);
    const facts = { limit: null, better: 'lower', versions } as const;
    return [
      {
        id: 'click to session shown, p95 ÷ one screencast frame',
        value: quantile(shown, 0.95) / frame,
        unit: 'ratio',
        ...facts,
      },
      { id: 'click to session shown, p95', value: quantile(shown, 0.95), unit: 'ms', ...facts },
      { id: 'one screencast frame of a bare page', value: frame, unit: 'ms', ...facts },
    ];
  } finally {
    site.close();
  }
}
