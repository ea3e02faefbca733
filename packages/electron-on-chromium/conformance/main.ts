/** The app that the cases run in. It is told over the IPC channel of its start which case to run, and answers with the outcome. */
import * as electron from 'electron';
import type { Page } from './page.ts';
import { pages } from './pages.ts';
import { Stage } from './stage.ts';

/** What the app is asked. */
export interface CaseRequest {
  readonly page: string;
  readonly index: number;
}

/** How long a case may take, in milliseconds. */
const patience = 6_000;

const { app, protocol } = electron;

// Both must be said before `ready`.
protocol.registerSchemesAsPrivileged([
  { scheme: 'house', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);
app.on('window-all-closed', () => undefined);

process.on('message', ({ page, index }: CaseRequest) => {
  void run(page, index).then((outcome) => process.send?.(outcome));
});
process.on('disconnect', () => app.exit());
void app.whenReady().then(() => process.send?.('ready'));

async function run(name: string, index: number): Promise<string> {
  const found = pages.find((page: Page) => page.name === name)?.cases[index];
  if (!found) return `There is no case ${index} in ${name}.`;
  const stage = new Stage(electron);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`Not settled after ${patience} ms.`), patience);
  });
  try {
    const held = Promise.resolve(found.run(stage)).then(() => 'holds');
    return await Promise.race([held, late]);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
    await stage.strike();
  }
}
