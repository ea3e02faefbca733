import type { EventRecord, JsonObject } from '../port.ts';
import { sha256, type Digested } from './digest.ts';

/** The trace that an erasure leaves. Hashes are in hex. */
export interface Redaction {
  /** Of the data that the event had when it was appended. */
  readonly dataHash: string;
  readonly redactedAt: string;
  readonly reason: string;
  /** Over this redaction and the data that the event has now, which the chain does not cover; see {@link sealOf}. */
  readonly seal: string;
}

/** An event with everything that the chain covers. */
export interface ChainedEvent extends Omit<EventRecord, 'data'>, Digested {
  /** JSON text, to the byte as it is hashed. */
  readonly data: string;
  readonly redaction: Redaction | null;
  /** The chain's hash up to and with this event, in hex. */
  readonly chain: string;
}

/** The hash over what a redaction changed: the SHA-256 of a JSON array of these, as `JSON.stringify` writes it, in hex. */
export function sealOf(
  { position, chain, data }: Pick<ChainedEvent, 'position' | 'chain' | 'data'>,
  { dataHash, redactedAt, reason }: Omit<Redaction, 'seal'>,
): string {
  return sha256(JSON.stringify([position, chain, dataHash, redactedAt, reason, sha256(data)]));
}

/** The event as a read gives it. */
export function recordOf(event: ChainedEvent): EventRecord {
  return {
    position: event.position,
    eventId: event.eventId,
    stream: event.stream,
    version: event.version,
    type: event.type,
    schemaVersion: event.schemaVersion,
    // It was written by JSON.stringify from an object that was checked.
    data: JSON.parse(event.data) as JsonObject,
    recordedAt: event.recordedAt,
    actor: event.actor,
    commandId: event.commandId,
    correlationId: event.correlationId,
    causationId: event.causationId,
    appVersion: event.appVersion,
    undoes: event.undoes,
  };
}
