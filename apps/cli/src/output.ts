import { once } from 'node:events';
import { CommandError, EXIT_CODES } from './exit-code.ts';

/** Whoever read our output has gone, as `head` does when it has seen enough. The run ends quietly. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/**
 * Control characters, and those that turn the direction of text: a page's title must not be able to move a terminal's cursor or
 * disguise what is written. Each is shown as JSON writes it, so that a line of JSON stays the same JSON.
 */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text as it may be written to a terminal. */
export function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Standard output, at the pace of whoever reads it. */
export class Output {
  #failure: Error | null = null;

  constructor(private readonly stream: NodeJS.WriteStream) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure =
        error.code === 'EPIPE'
          ? new OutputClosed()
          : new CommandError(
              'OutputFailed',
              EXIT_CODES.notWritable,
              `Nothing more can be written: ${error.message}.`,
            );
    });
  }

  /** Text of one or more lines; their control characters are escaped. */
  async lines(text: string): Promise<void> {
    await this.raw(`${text.split('\n').map(printable).join('\n')}\n`);
  }

  /** Text as it is. Rejects with {@link OutputClosed} once nobody reads, and with a `CommandError` where writing fails. */
  async raw(text: string): Promise<void> {
    this.#check();
    if (this.stream.write(text)) return;
    // A failure while waiting is in `#failure` by then.
    await once(this.stream, 'drain').catch(() => undefined);
    this.#check();
  }

  #check(): void {
    if (this.#failure !== null) throw this.#failure;
  }
}
