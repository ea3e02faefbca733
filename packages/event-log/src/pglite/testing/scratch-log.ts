import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPgliteLog, type PgliteLog, type PgliteLogOptions } from '../pglite-log.ts';

/** What `npm run build -w @retrace/event-log` made. */
export const BUILT = {
  workerUrl: new URL('../../../dist/log-worker.js', import.meta.url),
  template: fileURLToPath(new URL('../../../dist/template.tar.gz', import.meta.url)),
};

/** Logs in directories that go with the test, on the built worker and template. */
export class ScratchLogs {
  readonly #directories: string[] = [];
  readonly #logs: PgliteLog[] = [];

  async directory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'retrace-log-'));
    this.#directories.push(directory);
    return directory;
  }

  async open(directory: string, options: Partial<PgliteLogOptions> = {}): Promise<PgliteLog> {
    if (!existsSync(BUILT.template)) throw new Error('Run `npm run build -w @retrace/event-log` first.');
    const log = await openPgliteLog({ directory, ...BUILT, ...options });
    this.#logs.push(log);
    return log;
  }

  /** Closes what is open and removes every directory. */
  async dispose(): Promise<void> {
    await Promise.all(this.#logs.splice(0).map((log) => log.close()));
    await Promise.all(this.#directories.splice(0).map((directory) => rm(directory, { recursive: true })));
  }
}
