import type { Durability, EventRecord, TableSpec } from '../../src/port.ts';

/** What a victim does with the log before it ends. */
export type Life =
  /** Opens, works, and is gone without closing. */
  | 'work'
  /** The same with so much that the log makes new files and a checkpoint. */
  | 'work-much'
  /** Opens, works, closes. */
  | 'close'
  /** Imports an export and closes. */
  | 'import'
  /** Makes a backup, works, makes another, and closes. What it does to the folder of its backups is recorded, not to the log. */
  | 'backup'
  /** Appends events, takes out again what they say, and closes. */
  | 'redact'
  /** Judges what earlier victims left, then appends until it is killed. */
  | 'endless'
  /** The same, and says that it has a receipt before it appends: breaks the guarantee on purpose. */
  | 'endless-early';

export interface Job {
  readonly directory: string;
  /** A file of {@link Told}s, a line each, which is added to. */
  readonly receipts: string;
  readonly durability: Exclude<Durability, 'memory'>;
  readonly life: Life;
  /** The export that is imported. */
  readonly source?: string;
  /** The folder of the backups that are made. */
  readonly backups?: string;
}

/** What a receipt said of an event. */
export type Told = Pick<EventRecord, 'position' | 'stream' | 'version' | 'type' | 'data' | 'commandId'>;

export function told({ position, stream, version, type, data, commandId }: Told): Told {
  return { position, stream, version, type, data, commandId };
}

/** The whole lines of a file of receipts, in order of position: those of appends that went together may be written in another. */
export function receiptsIn(text: string): readonly Told[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').filter((line) => line !== '');
  // Written by a victim of the same version.
  return lines.map((line) => JSON.parse(line) as Told).sort((a, b) => a.position - b.position);
}

/** The rows that victims keep beside their log. */
export const TABLES = [
  { name: 'notes', key: 'id', columns: { id: { type: 'text' }, body: { type: 'text' } } },
] as const satisfies readonly TableSpec[];
