import { hash } from 'node:crypto';
import type { EventRecord } from '../port.ts';

/** What of an event its digest covers, beside its data. Position and version go into the link: a writer does not know them. */
export type Digested = Omit<EventRecord, 'position' | 'version' | 'data'> & {
  /** Of the whole append, in hex, on its first event; see `contentHash`. */
  readonly contentHash: string | null;
};

/** The SHA-256 of a text's UTF-8, in hex. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

/**
 * An event's part of the chain, in hex: the SHA-256 of a JSON array, as `JSON.stringify` writes it, of its members in this order.
 * The data goes in by its hash, so that an event can be followed whose data was erased.
 */
export function digestOf(event: Digested, dataHash: string): string {
  return sha256(
    JSON.stringify([
      event.eventId,
      event.stream,
      event.type,
      event.schemaVersion,
      event.recordedAt,
      event.actor,
      event.commandId,
      event.correlationId,
      event.causationId,
      event.appVersion,
      event.undoes,
      event.contentHash,
      dataHash,
    ]),
  );
}
