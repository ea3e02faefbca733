import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseRequest } from './main.ts';

/** What the cases are run on. */
export interface Runtime {
  readonly name: 'electron' | 'chromium';
  readonly executable: string;
  readonly switches: readonly string[];
}

/** A runtime that is not there, and why. */
export interface MissingRuntime {
  readonly name: Runtime['name'];
  readonly notRun: string;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const chromium: Runtime = {
  name: 'chromium',
  executable: here('../bin/electron'),
  switches: ['--headless'],
};

/** The executable of the npm package `electron`, if it has been fetched and there is a display to show windows on. */
export function electron(): Runtime | MissingRuntime {
  const name = 'electron';
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(folder, 'path.txt');
  const executable =
    process.env['ELECTRON_BINARY'] ??
    (existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8')) : '');
  if (!existsSync(executable)) {
    return { name, notRun: 'no Electron binary is here; `npx electron --version` fetches it' };
  }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return { name, notRun: 'Electron needs a display; start this under xvfb-run' };
  }
  return { name, executable, switches: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
}

/** The app of `main.ts`, running on one runtime. */
export class CaseRunner {
  readonly #child: ChildProcess;
  readonly #userData: string;

  private constructor(child: ChildProcess, userData: string) {
    this.#child = child;
    this.#userData = userData;
  }

  static async start({ executable, switches }: Runtime): Promise<CaseRunner> {
    const userData = await mkdtemp(join(tmpdir(), 'conformance-user-data-'));
    const child = spawn(executable, [here('app'), `--user-data-dir=${userData}`, ...switches], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return new CaseRunner(child, userData);
  }

  /** Answers `holds`, or what did not. */
  async run(request: CaseRequest): Promise<string> {
    const gone = once(this.#child, 'exit').then(([code]) => [`The main process ended with ${String(code)}.`]);
    this.#child.send(request);
    const [outcome] = (await Promise.race([once(this.#child, 'message'), gone])) as [string];
    return outcome;
  }

  async end(): Promise<void> {
    const exited = once(this.#child, 'exit');
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.disconnect();
      await exited;
    }
    await rm(this.#userData, { recursive: true, force: true, maxRetries: 5 });
  }
}
