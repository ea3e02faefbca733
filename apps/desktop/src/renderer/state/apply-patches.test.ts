import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { enablePatches, produceWithPatches } from 'immer';
import type { Patch } from '@retrace/protocol';
import { makeSession, makeTable, sessionId } from '../testing/make-session.ts';
import { applyPatches } from './apply-patches.ts';

enablePatches();

describe('applyPatches', () => {
  it('adds, changes and removes what immer says', () => {
    const table = makeTable(makeSession(1), makeSession(2));
    const [next, patches] = produceWithPatches(table, (draft) => {
      const first = draft.sessions[sessionId(1)];
      if (first === undefined) throw new Error('The table has no session 1.');
      first.name = 'Work';
      first.metadata.navigation.entries.push({ url: 'https://example.com/', title: 'Example' });
      first.metadata.navigation.index = 1;
      Reflect.deleteProperty(draft.sessions, sessionId(2));
      draft.sessions[sessionId(3)] = makeSession(3);
      draft.activeSessionId = sessionId(3);
    });
    const copy = structuredClone(table);
    applyPatches(copy, patches);
    expect(copy).toEqual(next);
  });

  it('leaves the rows that no patch names as they are', () => {
    const table = makeTable(makeSession(1), makeSession(2));
    const second = table.sessions[sessionId(2)];
    applyPatches(table, [{ op: 'replace', path: ['sessions', sessionId(1), 'name'], value: 'Work' }]);
    expect(table.sessions[sessionId(2)]).toBe(second);
    expect(table.sessions[sessionId(1)]?.name).toBe('Work');
  });

  it('arrives where immer arrives, for any two values of one shape', () => {
    const value = fc.record({
      list: fc.array(fc.record({ url: fc.string() })),
      rows: fc.dictionary(fc.stringMatching(/^[a-c]$/), fc.record({ name: fc.string() })),
    });
    fc.assert(
      fc.property(value, value, (before, after) => {
        const [next, patches] = produceWithPatches(before, (draft) => {
          draft.list.splice(0, Math.floor(draft.list.length / 2), ...after.list);
          for (const key of Object.keys(draft.rows)) Reflect.deleteProperty(draft.rows, key);
          Object.assign(draft.rows, after.rows);
        });
        const copy = structuredClone(before);
        applyPatches(copy, structuredClone(patches));
        expect(copy).toEqual(next);
      }),
    );
  });

  it('refuses patches for another value', () => {
    const patch: Patch = { op: 'replace', path: ['sessions', sessionId(9), 'name'], value: 'Work' };
    expect(() => applyPatches(makeTable(), [patch])).toThrow('No place in the session table');
  });
});
