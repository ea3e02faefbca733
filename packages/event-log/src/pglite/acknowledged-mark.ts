import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const NAME = 'retrace.acknowledged';
/** One length for every position, so that the file never grows and lies in one sector. */
const FORM = /^acknowledged (\d{16}) ([0-9a-f]{8})\n/;

/**
 * The highest position that was acknowledged, in a file of the cluster. A write-ahead log that lost a bit at its end looks to
 * PostgreSQL like one that ends there: by the mark that is known from an end (`openCluster`).
 *
 * Invariants:
 * 1. A mark that can be read never claims more than was on the disk when it was written: it is written after the commit was synced.
 *    So whichever of its writes a crash or a power cut leaves, no whole log is behind it. One that is torn or damaged claims nothing.
 * 2. Once an append was acknowledged, a process that is killed leaves a mark of it. After a power cut it may be an older one: it is
 *    synced with checkpoints only, and so costs an append a few microseconds.
 * 3. It goes where the cluster goes: a copy, or one that is kept aside, has the mark that belongs to it.
 */
export class AcknowledgedMark {
  readonly #file: number;
  #position: number;

  /** Opens the mark of a cluster whose log verified up to `head`. */
  constructor(cluster: string, head: number) {
    this.#position = acknowledgedIn(cluster);
    this.#file = openSync(join(cluster, NAME), constants.O_RDWR | constants.O_CREAT, 0o600);
    // Appends that were committed and not answered are found by asking again, which acknowledges them.
    this.advance(head);
  }

  /** To be called when everything up to `position` is on the disk, and before that is said. */
  advance(position: number): void {
    if (position <= this.#position) return;
    const text = `acknowledged ${String(position).padStart(16, '0')}`;
    const line = Buffer.from(`${text} ${checksumOf(text)}\n`);
    try {
      writeSync(this.#file, line, 0, line.length, 0);
    } catch (cause) {
      // The append happened, so it must not be told as refused by the disk.
      throw new Error('what was acknowledged cannot be marked', { cause });
    }
    this.#position = position;
  }

  sync(): void {
    fdatasyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** What the mark of a cluster claims: the log has at least this position. 0 where there is no mark, or one that cannot be read. */
export function acknowledgedIn(cluster: string): number {
  const path = join(cluster, NAME);
  const line = existsSync(path) ? readFileSync(path, 'latin1') : '';
  const [, position = '', checksum] = FORM.exec(line) ?? [];
  return checksum === checksumOf(`acknowledged ${position}`) ? Number(position) : 0;
}

/** Takes the claim back, for a log that goes on from an earlier position. */
export function forgetAcknowledged(cluster: string): void {
  rmSync(join(cluster, NAME), { force: true });
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
