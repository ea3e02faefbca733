const LINE_FEED = 0x0a;

/** A piece of a file: whole lines as text, each with its line feed. */
export interface Lines {
  readonly text: string;
  /** What comes next is no whole line: no UTF-8, or the end of the file without a line feed. Nothing comes after this. */
  readonly cut: boolean;
}

/** The lines of a source, about as many at once as it gives. A byte that is no UTF-8 spoils its line only. */
export async function* wholeLines(source: AsyncIterable<string | Uint8Array>): AsyncGenerator<Lines> {
  let rest: Uint8Array[] = [];
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    if (end === 0) {
      // Not joined yet: a long line would be copied once for each chunk that it spans.
      rest.push(bytes);
      continue;
    }
    const lines = decoded(Buffer.concat([...rest, bytes.subarray(0, end)]));
    yield lines;
    if (lines.cut) return;
    rest = end < bytes.length ? [bytes.subarray(end)] : [];
  }
  if (rest.length > 0) yield { text: '', cut: true };
}

function decoded(bytes: Uint8Array): Lines {
  try {
    return { text: utf8(bytes), cut: false };
  } catch {
    // One of the lines is no UTF-8; those before it are good.
    let start = 0;
    let text = '';
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, start) + 1;
      try {
        text += utf8(bytes.subarray(start, end));
      } catch {
        return { text, cut: true };
      }
      start = end;
    }
  }
}

/** Throws where `Buffer.toString` would put U+FFFD, which is a character that a text can have. */
function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
