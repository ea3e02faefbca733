import { LogError } from '../errors.ts';
import type { EventLog } from '../port.ts';
import { CHUNK_LENGTH } from '../read-chunks.ts';
import { endLine, headerLine } from './export-frame.ts';
import type { LongWork } from './progress.ts';

/** What a chunk should weigh: a log of large events must not need memory for hundreds of them. */
const CHUNK_TEXT_LENGTH = 256 * 1024;

/**
 * The log as the text of an export (docs/export-format.md), in chunks of whole lines: everything that was appended when it began.
 *
 * Invariants:
 * 1. The same events give the same text, whenever and wherever they are exported.
 * 2. Memory does not grow with the log: a chunk is made when it is asked for.
 *
 * Rejects with `LogDamaged` where an event is missing. Whether the others are what was appended is for `verifyLog` to say.
 */
export async function* exportLog(
  log: Pick<EventLog, 'chain'>,
  { onProgress, signal }: LongWork = {},
): AsyncGenerator<string> {
  const head = await log.chain.head();
  signal?.throwIfAborted();
  yield headerLine(head.position);
  let position = 0;
  let length = CHUNK_LENGTH / 8;
  while (position < head.position) {
    const asked = Math.min(length, head.position - position);
    const lines = await log.chain.exportLines(position, asked);
    signal?.throwIfAborted();
    const count = countLines(lines);
    if (count !== asked) {
      throw new LogError('LogDamaged', `The log has lost the event at position ${position + count + 1}.`);
    }
    yield lines;
    position += count;
    onProgress?.(position, head.position);
    const fitting = Math.floor((CHUNK_TEXT_LENGTH / lines.length) * asked);
    length = Math.max(1, Math.min(CHUNK_LENGTH, fitting));
  }
  yield endLine(head);
}

function countLines(text: string): number {
  let count = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) count += 1;
  return count;
}
