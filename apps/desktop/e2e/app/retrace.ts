import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionRow } from '@retrace/protocol';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';
import { root } from '../../../../scripts/project.ts';
import { findRuntime } from '../../../../scripts/runtime.ts';
import { Api } from './api.ts';
import { eventually } from './eventually.ts';
import { Interface } from './interface.ts';
import { processFamily } from './processes.ts';
import { SessionPage } from './session-page.ts';
import type { Reach } from './session-page.ts';

export interface LaunchOptions {
  /** Where the application keeps its data; the same folder again continues the same life. */
  readonly userData: string;
  /** ISO 8601 duration by which the engine's clock is ahead, such as `P21D`. */
  readonly clockOffset?: string;
  /** The address of the server that keeps the log; absent for a log in `userData`. */
  readonly log?: string;
  /** `hidden` draws the window for the driver alone, so that tests leave a person's screen in peace; the default. */
  readonly window?: 'shown' | 'hidden';
}

/** A new folder for an application's data. */
export function newUserData(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'retrace-e2e-'));
}

export function removeUserData(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** How the application is started from a shell, without the switches that Playwright adds. */
export function commandLine({ userData, clockOffset, log, window = 'hidden' }: LaunchOptions): {
  executable: string;
  args: string[];
} {
  const runtime = findRuntime();
  const args = [join(root, 'apps/desktop'), `--user-data-dir=${userData}`];
  if (clockOffset !== undefined) args.push(`--clock-offset=${clockOffset}`);
  if (log !== undefined) args.push(`--log=${log}`);
  // Electron has no such switch: where it is present, its windows are on the screen.
  if (runtime.kind === 'chromium' && window === 'hidden') args.push('--headless');
  // Chromium refuses to start its sandbox as root, which is who runs tests in containers.
  if (runtime.kind === 'electron' && process.getuid?.() === 0) args.push('--no-sandbox');
  return { executable: runtime.executablePath, args };
}

/** The application's own window among all that the driver sees: the pages of sessions are windows to it, too. */
function ownWindow(electron: ElectronApplication): Promise<Page> {
  return eventually(async () => {
    for (const page of electron.windows()) {
      if (await page.evaluate(() => 'electronAPI' in window)) return page;
    }
    throw new Error('The application has not opened its window.');
  });
}

/** The real application, started for a test and driven through its window. */
export class Retrace {
  readonly electron: ElectronApplication;
  readonly window: Page;
  readonly api: Api;
  readonly ui: Interface;
  /** From the start of the process to a list that can be used, in milliseconds. */
  readonly startMs: number;

  readonly #reach: Reach;
  /** Kept here: the driver forgets the process once it has ended. */
  readonly #main: ChildProcess;

  private constructor(electron: ElectronApplication, window: Page, startMs: number) {
    this.electron = electron;
    this.window = window;
    this.startMs = startMs;
    this.#main = electron.process();
    this.api = new Api(window);
    this.ui = new Interface(window);
    this.#reach = { electron, window, runtime: findRuntime().kind };
  }

  /** Starts the application and waits until its list of sessions can be used. */
  static async launch(options: LaunchOptions): Promise<Retrace> {
    const started = performance.now();
    const { executable, args } = commandLine(options);
    const electron = await _electron.launch({ executablePath: executable, args, cwd: root });
    let said = '';
    electron.process().stderr?.on('data', (text: Buffer) => (said += text.toString()));
    try {
      const window = await ownWindow(electron);
      const retrace = new Retrace(electron, window, 0);
      await retrace.ui.ready();
      return new Retrace(electron, window, performance.now() - started);
    } catch (error) {
      electron.process().kill('SIGKILL');
      throw new Error(`Retrace did not come up. It said:\n${said.slice(-4000)}`, { cause: error });
    }
  }

  /** The processes that are the application now: its main process and all that descend from it. */
  processes(): Promise<number[]> {
    return processFamily(this.#main.pid ?? 0);
  }

  /** The page of a session, whether it is shown or not. */
  page(row: SessionRow): SessionPage {
    return new SessionPage(this.#reach, row, 'view');
  }

  /** The sign-in window that a session's page has opened. */
  popup(row: SessionRow): SessionPage {
    return new SessionPage(this.#reach, row, 'popup');
  }

  /** Quits as a person does, and waits for the end of the process. */
  async quit(): Promise<void> {
    await this.electron.close();
  }

  /** Ends the process at once, with nothing said to it before. Does nothing to one that has ended. */
  async kill(): Promise<void> {
    if (this.#main.exitCode !== null || this.#main.signalCode !== null) return;
    const gone = once(this.#main, 'exit');
    this.#main.kill('SIGKILL');
    await gone;
  }
}
