import { describe, expect, it } from '@jest/globals';
import type { EventRecord } from '@retrace/event-log';
import { readdirSync, readFileSync } from 'node:fs';
import type { Folded } from './projection.ts';
import { foldRecord, NOTHING_FOLDED } from './projection.ts';
import { FOLD_VERSION, PROJECTION } from './projection-version.ts';
import { readEvent } from './stored-events.ts';

/** Every frozen record of schema version 1, in the order of the log that they come from. */
function frozenRecords(): EventRecord[] {
  const folder = new URL('../../protocol/fixtures/events/v1/', import.meta.url);
  return readdirSync(folder)
    .flatMap((file) => {
      const { records } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
        records: EventRecord[];
      };
      return records;
    })
    .sort((a, b) => a.position - b.position);
}

describe('the projection', () => {
  it('folds the frozen records to the state that was frozen for its version', () => {
    const folded = structuredClone(NOTHING_FOLDED);
    for (const record of frozenRecords()) foldRecord(folded, record, readEvent(record));
    const frozen = new URL(`../fixtures/folded-${FOLD_VERSION}.json`, import.meta.url);
    // Where it is right that the state is another: raise FOLD_VERSION and freeze the new state beside the old one.
    expect(folded).toEqual(JSON.parse(readFileSync(frozen, 'utf8')) as Folded);
    expect(folded.unread).toBe(0);
  });

  it('is named by its version and by all that it reads', () => {
    expect(PROJECTION).toMatch(/^2 SessionActivated@1 SessionClaimed@1 SessionCreated@1 /);
  });
});
