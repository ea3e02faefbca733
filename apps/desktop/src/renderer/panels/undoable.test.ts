import { describe, expect, it } from '@jest/globals';
import { makeEvent } from '../testing/make-event.ts';
import { makeSession, makeTable, sessionId } from '../testing/make-session.ts';
import { isUndoable, undoneActions } from './undoable.ts';

const id = sessionId(1);
const listed = makeTable(makeSession(1, { name: 'Work' }));
const inTrash = makeTable(makeSession(1, { name: 'Work', deletedAt: '2026-11-22T09:00:00.000Z' }));
const none = new Set<string>();

const deleted = makeEvent(2, 'SessionDeleted', { sessionId: id, nextActiveId: null });
const renamed = makeEvent(2, 'SessionRenamed', { sessionId: id, name: 'Work', previousName: 'Draft' });
const navigated = makeEvent(2, 'SessionNavigated', {
  sessionId: id,
  url: 'https://example.com/',
  cause: 'typed',
  index: 0,
  drop: 0,
  keep: 0,
  added: [],
});

describe('isUndoable', () => {
  it('offers a deletion while the session is in the trash, not once it is back', () => {
    expect(isUndoable(deleted, none, inTrash)).toBe(true);
    expect(isUndoable(deleted, none, listed)).toBe(false);
  });

  it('offers a rename while the name is the one it gave', () => {
    expect(isUndoable(renamed, none, listed)).toBe(true);
    expect(isUndoable(renamed, none, makeTable(makeSession(1, { name: 'Later' })))).toBe(false);
  });

  it('offers nothing of a session in the trash but its deletion', () => {
    expect(isUndoable(navigated, none, listed)).toBe(true);
    expect(isUndoable(navigated, none, inTrash)).toBe(false);
  });

  it('offers what a person did, not what a page, the system or an undo did', () => {
    for (const actor of ['page', 'system', 'import', 'undo'] as const) {
      expect(isUndoable({ ...navigated, actor }, none, listed)).toBe(false);
    }
  });

  it('offers nothing twice', () => {
    const undo = makeEvent(3, 'SessionRestored', { sessionId: id }, { actor: 'undo', undoes: 'action-2' });
    expect(isUndoable(deleted, undoneActions([undo, deleted]), inTrash)).toBe(false);
  });

  it('offers nothing for a session that is erased', () => {
    expect(isUndoable(deleted, none, makeTable())).toBe(false);
  });
});
