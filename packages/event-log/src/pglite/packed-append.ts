import { uuidv7 } from 'uuidv7';
import { digestOf, sha256 } from '../chain/digest.ts';
import { contentHash } from '../content-hash.ts';
import type { Append, EventRecord, Expectation, JsonObject } from '../port.ts';
import { ANY_VERSION, SOME_VERSION, type PackedAppend } from './wire.ts';

/** Takes a checked append apart. From here on it is a copy: the writer may change its own objects. */
export function packAppend(append: Append): PackedAppend {
  const { commandId, correlationId, causationId, actor, recordedAt, appVersion, undoes } = append;
  const hash = contentHash(append);
  const events: PackedEvent[] = [];
  for (const [write, { stream, events: written }] of append.writes.entries()) {
    for (const [place, { type, schemaVersion, data }] of written.entries()) {
      const eventId = uuidv7();
      const text = JSON.stringify(data);
      // Member by member: spreading takes as long as hashing does.
      const digested = {
        eventId,
        stream,
        type,
        schemaVersion,
        recordedAt,
        actor,
        commandId,
        correlationId,
        causationId,
        appVersion,
        undoes,
        contentHash: events.length === 0 ? hash : null,
      };
      const digest = digestOf(digested, sha256(text));
      events.push({ write: write + 1, place: place + 1, eventId, type, schemaVersion, text, digest });
    }
  }
  return {
    commandId,
    contentHash: hash,
    correlationId,
    causationId,
    actor,
    recordedAt,
    appVersion,
    undoes,
    streams: append.writes.map(({ stream }) => stream),
    expected: append.writes.map(({ expectation }) => versionWanted(expectation)),
    writes: events.map(({ write }) => write),
    places: events.map(({ place }) => place),
    eventIds: events.map(({ eventId }) => eventId),
    types: events.map(({ type }) => type),
    schemaVersions: events.map(({ schemaVersion }) => schemaVersion),
    data: events.map(({ text }) => text),
    digests: events.map(({ digest }) => digest),
  };
}

interface PackedEvent extends Pick<EventRecord, 'eventId' | 'type' | 'schemaVersion'> {
  readonly write: number;
  readonly place: number;
  readonly text: string;
  readonly digest: string;
}

function versionWanted(expectation: Expectation): number {
  switch (expectation.kind) {
    case 'any':
      return ANY_VERSION;
    case 'stream-exists':
      return SOME_VERSION;
    case 'no-stream':
      return 0;
    case 'exact':
      return expectation.version;
  }
}

/** The records that the log now holds, as a read would give them. */
export function recordsOf(packed: PackedAppend, base: number, versions: readonly number[]): EventRecord[] {
  return packed.data.map((data, index) => {
    const write = at(packed.writes, index) - 1;
    return {
      position: base + index + 1,
      eventId: at(packed.eventIds, index),
      stream: at(packed.streams, write),
      version: at(versions, write) + at(packed.places, index),
      type: at(packed.types, index),
      schemaVersion: at(packed.schemaVersions, index),
      // It was made by JSON.stringify from an object that was checked.
      data: JSON.parse(data) as JsonObject,
      recordedAt: packed.recordedAt,
      actor: packed.actor,
      commandId: packed.commandId,
      correlationId: packed.correlationId,
      causationId: packed.causationId,
      appVersion: packed.appVersion,
      undoes: packed.undoes,
    };
  });
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`The packed append has no item ${index}.`);
  return item;
}
