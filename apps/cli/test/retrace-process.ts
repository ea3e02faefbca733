import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What `retrace` is, before its build. */
const BIN = fileURLToPath(new URL('../bin/retrace', import.meta.url));

/** What a run of the built command line left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `retrace` with these words as a process of its own, its output in pipes. */
export function startRetrace(...words: string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [BIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs `retrace` with these words to its end. */
export async function retrace(...words: string[]): Promise<Ended> {
  const child = startRetrace(...words);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** The JSON values that a run wrote, one a line. Throws where it failed. */
export async function retraceJson(...words: string[]): Promise<unknown[]> {
  const { code, stdout, stderr } = await retrace(...words, '--json');
  if (code !== 0) throw new Error(`retrace ${words.join(' ')} ended with ${code}: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
