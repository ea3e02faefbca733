import { describe, expect, it } from '@jest/globals';
import { EMPTY_TABLE } from '@retrace/protocol';
import type { PushMessages, SessionTable, TableChange } from '@retrace/protocol';
import { followTable } from './table-subscription.ts';

type Patches = PushMessages['session:patches'];
const patches = (from: number, to: number): Patches => ({ from, to, patches: [] });
const said = (changes: TableChange[]) =>
  changes.map((change) =>
    change.kind === 'snapshot' ? `table ${change.table.position}` : `${change.from}→${change.to}`,
  );

/** Main as the follower sees it: answers a snapshot only when told to, so that a test decides what comes first. */
function main() {
  let push: ((message: Patches) => void) | null = null;
  const asked: ((table: SessionTable | null) => void)[] = [];
  const changes: TableChange[] = [];
  const unsubscribe = followTable(
    {
      snapshot: () => new Promise((resolve) => asked.push(resolve)),
      onPatches(listener) {
        push = listener;
        return () => {
          push = null;
        };
      },
    },
    (change) => changes.push(change),
  );
  return {
    changes,
    unsubscribe,
    asked: () => asked.length,
    push: (from: number, to: number) => push?.(patches(from, to)),
    /** Answers the oldest open question with the table at `position`. */
    answer: async (position: number | null) => {
      asked.shift()?.(position === null ? null : { ...EMPTY_TABLE, position });
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('followTable', () => {
  it('begins with a snapshot and goes on with patches', async () => {
    const { answer, push, changes } = main();
    await answer(3);
    push(3, 4);
    push(4, 6);
    expect(said(changes)).toEqual(['table 3', '3→4', '4→6']);
  });

  it('keeps patches that overtake the snapshot, and drops those it already holds', async () => {
    const { answer, push, changes } = main();
    push(2, 3);
    push(3, 4);
    push(4, 5);
    expect(changes).toEqual([]);
    await answer(4);
    expect(said(changes)).toEqual(['table 4', '4→5']);
  });

  it('asks again after a gap and goes on from there', async () => {
    const { answer, asked, push, changes } = main();
    await answer(3);
    push(5, 6);
    push(6, 7);
    expect(asked()).toBe(1);
    await answer(6);
    expect(said(changes)).toEqual(['table 3', 'table 6', '6→7']);
  });

  it('is at the newest position when patches come out of order', async () => {
    const { answer, push, changes } = main();
    await answer(0);
    push(1, 2);
    push(0, 1);
    await answer(1);
    expect(said(changes)).toEqual(['table 0', 'table 1', '1→2']);
  });

  it('asks again when even the snapshot is older than a patch', async () => {
    const { answer, asked, push, changes } = main();
    push(7, 8);
    await answer(5);
    expect(asked()).toBe(1);
    await answer(8);
    expect(said(changes)).toEqual(['table 5', 'table 8']);
  });

  it('ignores what it has seen', async () => {
    const { answer, asked, push, changes } = main();
    await answer(5);
    push(4, 5);
    expect(asked()).toBe(0);
    expect(said(changes)).toEqual(['table 5']);
  });

  it('asks again at the next patch when main refused', async () => {
    const { answer, push, changes } = main();
    await answer(null);
    push(5, 6);
    await answer(6);
    expect(said(changes)).toEqual(['table 6']);
  });

  it('says nothing once unsubscribed', async () => {
    const { answer, push, changes, unsubscribe } = main();
    unsubscribe();
    push(1, 2);
    await answer(2);
    expect(changes).toEqual([]);
  });
});
