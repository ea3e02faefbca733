import { LogError } from '../errors.ts';
import type { ChainLink } from '../port.ts';
import { END_MARK, parseEnd, parseHeader } from './export-frame.ts';
import { wholeLines } from './whole-lines.ts';

/** A piece of an export: how many events there are, then lines of them, then the newest link. */
export type ExportPiece =
  | { readonly kind: 'header'; readonly events: number }
  | { readonly kind: 'events'; readonly lines: string; readonly count: number }
  | { readonly kind: 'end'; readonly link: ChainLink };

/** Lines in a piece at most: they are checked in one go, which takes each 20 µs or so of the thread that a person waits for. */
const PIECE = 64;

/**
 * Takes an export apart, without looking into its events.
 *
 * Invariant: the pieces are one header, lines of as many events as it says, one end, and nothing else.
 *
 * Rejects with `ExportDamaged` for anything else, naming the position of the line that is not as it should be.
 */
export async function* readExport(source: AsyncIterable<string | Uint8Array>): AsyncGenerator<ExportPiece> {
  let events: number | null = null;
  let position = 0;
  let ended = false;
  for await (const { text, cut } of wholeLines(source)) {
    let start = 0;
    while (start < text.length) {
      if (ended) throw damaged(position + 1, 'something comes after its last line');
      const line = text.slice(start, text.indexOf('\n', start));
      if (events === null) {
        events = parseHeader(line);
        if (events === null) throw damaged(0, 'its first line is not that of an export this Retrace reads');
        yield { kind: 'header', events };
        start += line.length + 1;
      } else if (line.startsWith(END_MARK)) {
        const link = parseEnd(line);
        if (link?.position !== position || position !== events) {
          throw damaged(position + 1, `it ends here, and should have ${events} events`);
        }
        yield { kind: 'end', link };
        ended = true;
        start += line.length + 1;
      } else {
        const piece = eventsFrom(text, start);
        yield piece;
        position += piece.count;
        start += piece.lines.length;
      }
    }
    if (cut) throw damaged(events === null ? 0 : position + 1, 'its line is cut off or is no UTF-8');
  }
  if (!ended) throw damaged(events === null ? 0 : position + 1, 'it is cut off');
}

function eventsFrom(text: string, start: number): Extract<ExportPiece, { kind: 'events' }> {
  let end = start;
  let count = 0;
  while (end < text.length && count < PIECE && !text.startsWith(END_MARK, end)) {
    end = text.indexOf('\n', end) + 1;
    count += 1;
  }
  return { kind: 'events', lines: text.slice(start, end), count };
}

/** The refusal of an export whose event at `position` (0: the header) is not as it was written. */
export function damaged(position: number, reason: string): LogError {
  return new LogError(
    'ExportDamaged',
    `The export is damaged at position ${position}: ${reason}. Take another copy of the file.`,
    { position },
  );
}
