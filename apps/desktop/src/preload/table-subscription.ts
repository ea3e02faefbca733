import type { PushMessages, SessionTable, TableChange, Unsubscribe } from '@retrace/protocol';

type Patches = PushMessages['session:patches'];

/** Where a subscription gets the session table from. */
export interface TableSource {
  /** The table now, or null when main refuses: it is closing. */
  snapshot(): Promise<SessionTable | null>;
  onPatches(listener: (patches: Patches) => void): Unsubscribe;
}

/**
 * Follows the session table: a snapshot, then patches, each leading from the position before it. Whenever a patch does not
 * start where the follower is, the table is asked for again.
 *
 * Invariant 1: the first change is a snapshot.
 * Invariant 2: patches are handed on only when their `from` is the `to` (or the snapshot's position) of the change before.
 * Invariant 3: after the last message has come, the follower is at the newest position.
 * Invariant 4: nothing is handed on after unsubscribing.
 */
export function followTable(source: TableSource, listener: (change: TableChange) => void): Unsubscribe {
  /** Null until the first snapshot. */
  let position: number | null = null;
  let asking = false;
  let ended = false;
  /** Patches that came while a snapshot was asked for. */
  let waiting: Patches[] = [];

  const ask = async () => {
    asking = true;
    const table = await source.snapshot();
    asking = false;
    // Unsubscribed meanwhile, or main is closing: the next patch, if any comes, asks again.
    if (ended || table === null) return;
    position = table.position;
    listener({ kind: 'snapshot', table });
    const held = waiting.sort((a, b) => a.from - b.from);
    waiting = [];
    held.forEach(receive);
  };

  const receive = (patches: Patches) => {
    if (asking) {
      waiting.push(patches);
    } else if (position === null || patches.from > position) {
      waiting.push(patches);
      void ask();
    } else if (patches.from === position) {
      position = patches.to;
      listener({ kind: 'patches', ...patches });
    } else if (patches.to > position) {
      // It starts before and ends after where the follower is: it cannot be cut, so the whole is asked for.
      void ask();
    }
  };

  const unsubscribe = source.onPatches(receive);
  void ask();
  return () => {
    ended = true;
    waiting = [];
    unsubscribe();
  };
}
