import { describe, expect, it } from '@jest/globals';
import { toJsonSchema } from '@valibot/to-json-schema';
import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { schemaVersionOf, UPCASTERS, upcast, type StoredData } from './event-versions.ts';
import { ActorSchema, EVENT_SCHEMAS, EVENT_TYPES, type EventType } from './events.ts';

/*
 * The released shapes, frozen: `fixtures/events/v<n>/<type>.json` has the JSON schema of a type at version n, and records as a
 * log really had them. These files never change. For a shape that changes: add the step to `UPCASTERS`, and a file to the
 * folder of the next version, with the schema that the failing test shows and records from a log that was written with it.
 */

interface Frozen {
  readonly schema: object;
  readonly records: readonly {
    readonly type: string;
    readonly schemaVersion: number;
    readonly actor: string;
    readonly stream: string;
    readonly data: StoredData;
  }[];
}

const FIXTURES = new URL('../fixtures/events/', import.meta.url);

function frozen(type: EventType, version: number): Frozen {
  return JSON.parse(readFileSync(new URL(`v${version}/${type}.json`, FIXTURES), 'utf8')) as Frozen;
}

/** Each version of each type that was released, the newest too. */
const RELEASED = EVENT_TYPES.flatMap((type) =>
  Array.from({ length: schemaVersionOf(type) }, (_, steps) => ({ type, version: steps + 1 })),
);

/** What is read today of a record of any version, or null where it is not read. */
function read({ type, schemaVersion, data }: Frozen['records'][number]): unknown {
  // The fixtures are named by event types.
  const known = type as EventType;
  const newest = upcast(UPCASTERS[known], schemaVersion, data);
  const parsed = v.safeParse(EVENT_SCHEMAS[known], newest);
  return parsed.success ? parsed.output : null;
}

describe('the vocabulary', () => {
  it.each(EVENT_TYPES)('%s has the shape that was frozen for its version', (type) => {
    const schema = toJsonSchema(EVENT_SCHEMAS[type], { typeMode: 'input', errorMode: 'ignore' });
    expect(schema).toEqual(frozen(type, schemaVersionOf(type)).schema);
  });

  it('has a frozen file for each version of each type, and no other', () => {
    const files = readdirSync(FIXTURES).flatMap((folder) =>
      readdirSync(new URL(folder, FIXTURES)).map((file) => `${folder}/${file}`),
    );
    expect(files.sort()).toEqual(RELEASED.map(({ type, version }) => `v${version}/${type}.json`).sort());
  });

  it.each(RELEASED)('still reads $type of version $version', ({ type, version }) => {
    const { records } = frozen(type, version);
    expect(records).not.toEqual([]);
    for (const record of records) {
      expect(record).toMatchObject({ type, schemaVersion: version });
      expect(v.is(ActorSchema, record.actor)).toBe(true);
      expect(read(record)).toMatchObject({ sessionId: record.stream });
    }
  });

  it.each(EVENT_TYPES)(
    'reads %s of the newest version as it was written, no field more and none less',
    (type) => {
      for (const record of frozen(type, schemaVersionOf(type)).records) {
        expect(read(record)).toEqual(record.data);
        expect(read({ ...record, data: { ...record.data, extra: 1 } })).toBeNull();
        for (const field of Object.keys(record.data)) {
          expect(read({ ...record, data: { ...record.data, [field]: undefined } })).toBeNull();
        }
      }
    },
  );

  it.each(EVENT_TYPES)('does not read %s of a version that is still to come', (type) => {
    const [record] = frozen(type, schemaVersionOf(type)).records;
    expect(record && read({ ...record, schemaVersion: record.schemaVersion + 1 })).toBeNull();
  });

  it('has the navigation causes covered by frozen records', () => {
    const causes = frozen('SessionNavigated', 1).records.map(({ data }) => data['cause']);
    expect([...new Set(causes)].sort()).toEqual([
      'abandoned',
      'back',
      'forward',
      'in-page',
      'link',
      'redirect',
      'typed',
      'undo',
    ]);
  });
});
