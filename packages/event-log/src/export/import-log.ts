import { setImmediate } from 'node:timers/promises';
import { GENESIS } from '../chain/chain-link.ts';
import { checkLines } from '../chain/check-lines.ts';
import { LogError } from '../errors.ts';
import type { ChainLink, EventLog } from '../port.ts';
import type { LongWork } from './progress.ts';
import { damaged, readExport } from './read-export.ts';

export interface Imported {
  readonly head: ChainLink;
  /** How many events are new in the log; the others were there. */
  readonly imported: number;
}

/** What goes into the log in one transaction, in characters: as much as its thread takes in while a person waits for nothing. */
const BATCH_LENGTH = 64 * 1024;

/**
 * Puts the events of an export into a log that is empty, or whose events are the first of the export's: an import that was killed
 * is gone on with by importing again. Ids, times and versions stay, and so do command ids: a repeated command gets its first receipt.
 *
 * Invariants:
 * 1. Every event is checked before it is imported: of a damaged export, those before the damage are in the log, none after it.
 * 2. A log that has other events is not changed.
 * 3. Memory does not grow with the export.
 *
 * Rejects with `ExportDamaged` and its first bad position, with `ImportRefused` where the log is no beginning of the export or was
 * appended to meanwhile, or with what the source or the signal says.
 */
export async function importLog(
  log: Pick<EventLog, 'chain'>,
  source: AsyncIterable<string | Uint8Array>,
  { onProgress, signal }: LongWork = {},
): Promise<Imported> {
  const before = await log.chain.head();
  let link = GENESIS;
  let events = 0;
  let batch = '';

  const flush = async (): Promise<void> => {
    if (batch === '') return;
    const outcome = await log.chain.importLines(link, batch);
    switch (outcome.kind) {
      case 'imported':
        ({ link } = outcome);
        batch = '';
        onProgress?.(link.position, events);
        return;
      case 'broken':
        throw damaged(outcome.position, outcome.reason);
      case 'elsewhere':
        throw refused(`it was appended to, and is at position ${outcome.head.position} now`);
    }
  };

  for await (const piece of readExport(source)) {
    signal?.throwIfAborted();
    switch (piece.kind) {
      case 'header':
        ({ events } = piece);
        if (before.position > events) {
          throw refused(`it has ${before.position} events, and the export has ${events}`);
        }
        break;
      case 'events': {
        const [known, fresh] = split(piece.lines, before.position - link.position);
        if (known !== '') {
          link = passOver(link, known, before);
          onProgress?.(link.position, events);
          await setImmediate();
        }
        batch += fresh;
        if (batch.length >= BATCH_LENGTH) await flush();
        break;
      }
      case 'end':
        await flush();
        if (piece.link.hash !== link.hash) throw damaged(link.position + 1, 'its last line has another hash');
    }
  }
  return { head: link, imported: link.position - before.position };
}

/** The first `count` lines, and the others. */
function split(lines: string, count: number): readonly [string, string] {
  let end = 0;
  for (let line = 0; line < count && end < lines.length; line += 1) end = lines.indexOf('\n', end) + 1;
  return [lines.slice(0, end), lines.slice(end)];
}

/** Lines that the log has already, if it is at the link that they lead to. */
function passOver(link: ChainLink, lines: string, log: ChainLink): ChainLink {
  const checked = checkLines(link, lines);
  if (checked.kind === 'broken') throw damaged(checked.position, checked.reason);
  if (checked.link.position === log.position && checked.link.hash !== log.hash) {
    throw refused(`its first ${log.position} events are not those of the export`);
  }
  return checked.link;
}

function refused(reason: string): LogError {
  return new LogError(
    'ImportRefused',
    `The log cannot take this export: ${reason}. Import into an empty log.`,
  );
}
