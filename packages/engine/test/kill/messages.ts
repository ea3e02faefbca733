import type { StreamWrite } from '@retrace/event-log';

/** What a victim is told on its command line, as JSON. */
export interface Job {
  /** The log's directory. */
  readonly directory: string;
  /** Lines that earlier victims on the same directory wrote: {@link Message}s. */
  readonly acknowledgements: string;
  /** Of the deeds that it does. */
  readonly seed: number;
  /** `verify` ends after the checks; `early` breaks the guarantee on purpose: it acknowledges before it appends. */
  readonly mode: 'honest' | 'early' | 'verify';
}

/** What a victim writes to its standard output, a line each. A line that is not whole was not said. */
export type Message =
  /** The directory opened, and all that was acknowledged is in it. */
  | { readonly kind: 'verified'; readonly events: number; readonly acknowledged: number }
  /** It is not so. */
  | { readonly kind: 'broken'; readonly why: string }
  /** An append is done. */
  | { readonly kind: 'appended'; readonly commandId: string; readonly writes: readonly StreamWrite[] }
  /** A deed was answered, and the table stands at this position. */
  | { readonly kind: 'answered'; readonly position: number };

export function parseMessages(text: string): readonly Message[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Message); // written by a victim of the same version
}
