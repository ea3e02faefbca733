import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A process that opens a log and appends, and says on its output what happens: by default `log-process.ts`, on a directory. */
export class LogProcess {
  readonly lines: string[] = [];
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #waiting = new Set<() => void>();
  readonly #ended: Promise<unknown>;
  #running = true;

  constructor(place: string, script = new URL('./log-process.ts', import.meta.url)) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(script), place], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#child, 'close');
    createInterface(this.#child.stdout).on('line', (line) => {
      this.lines.push(line);
      this.#wake();
    });
    this.#child.once('close', () => {
      this.#running = false;
      this.#wake();
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The first line, said or still to come, that starts with one of `beginnings`. */
  async line(...beginnings: string[]): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => beginnings.some((beginning) => line.startsWith(beginning)));
      if (found !== undefined) return found;
      if (!this.#running) throw new Error(`The process ended having said: ${this.lines.join(' / ')}`);
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
    this.#waiting.clear();
  }

  /** The positions that were acknowledged so far. */
  get acknowledged(): number[] {
    return this.lines
      .filter((line) => line.startsWith('acknowledged'))
      .map((line) => Number(line.split(' ')[1]));
  }

  /** `kill -9`, and everything that was said before it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
