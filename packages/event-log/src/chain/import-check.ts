import { flawOfJson } from '../append-check.ts';
import type { LinesImported } from '../port.ts';
import type { ChainedEvent } from './chained-event.ts';

/** What a log has before the events that it is asked to import. */
export interface BeforeImport {
  /** Of the newest event; null for an empty log. */
  readonly commandId: string | null;
  /** The newest version of each stream that the events are of. */
  readonly versions: ReadonlyMap<string, number>;
}

/**
 * The first of `events` that no append could have written, or null. Their chain fits: this is against a file that was made to
 * fit, since anybody can compute hashes, and keeps what every log promises.
 */
export function refusalOfImport(
  events: readonly ChainedEvent[],
  before: BeforeImport,
): Extract<LinesImported, { kind: 'broken' }> | null {
  const versions = new Map(before.versions);
  let { commandId } = before;
  for (const event of events) {
    const version = (versions.get(event.stream) ?? 0) + 1;
    const reason = flawOfData(event.data) ?? flawOfPlace(event, version, commandId);
    if (reason !== null) return { kind: 'broken', position: event.position, reason };
    versions.set(event.stream, version);
    ({ commandId } = event);
  }
  return null;
}

function flawOfPlace(event: ChainedEvent, version: number, before: string | null): string | null {
  if (event.version !== version) return `its stream is at version ${version - 1}`;
  const first = event.commandId !== before;
  if (first !== (event.contentHash !== null))
    return 'the first event of a command has the content hash, no other';
  return null;
}

function flawOfData(text: string): string | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return 'its data is not JSON';
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return 'its data is no object';
  if (JSON.stringify(data) !== text) return 'its data is written in another way than an append writes it';
  const flaw = flawOfJson(data);
  return flaw === null ? null : `its data ${flaw}`;
}
