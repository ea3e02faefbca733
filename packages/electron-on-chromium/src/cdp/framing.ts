/**
 * `--remote-debugging-pipe` separates messages with a NUL byte in both directions
 * (content/browser/devtools/devtools_pipe_handler.cc, the "JSON" mode).
 */
const separator = 0;

export function encodeFrame(message: object): Buffer {
  return Buffer.from(`${JSON.stringify(message)}\0`, 'utf8');
}

/** Puts the chunks of a pipe together again and hands out whole messages. */
export class FrameDecoder {
  // Screencast frames span many chunks: they are joined once, when the separator has arrived.
  readonly #pending: Buffer[] = [];

  /** The messages that `chunk` completes, oldest first; the rest is kept for the next chunk. */
  push(chunk: Buffer): string[] {
    const messages: string[] = [];
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(separator, start);
      if (end === -1) break;
      this.#pending.push(chunk.subarray(start, end));
      messages.push(Buffer.concat(this.#pending).toString('utf8'));
      this.#pending.length = 0;
      start = end + 1;
    }
    if (start < chunk.length) this.#pending.push(chunk.subarray(start));
    return messages;
  }
}
