import { linkAfter } from '../chain/chain-link.ts';
import type { ChainLink } from '../port.ts';
import { ANY_VERSION, SOME_VERSION, type AppendOutcome, type PackedAppend } from '../pglite/wire.ts';

/** An append that is in the log: the position of its first event, and the hash of its content, in hex. */
export interface Known {
  readonly position: number;
  readonly contentHash: string;
}

/** What a group of appends finds in the log. */
export interface Found {
  readonly head: ChainLink;
  /** Of those of the group's streams that are there. */
  readonly versions: ReadonlyMap<string, number>;
  /** By command id, those of the group's appends that are there. */
  readonly known: ReadonlyMap<string, Known>;
}

/** An event with its place in the log: event `index` of its append. */
export interface PlacedEvent {
  readonly append: PackedAppend;
  readonly index: number;
  readonly stream: string;
  readonly position: number;
  readonly version: number;
  /** In hex. */
  readonly chain: string;
}

export type Verdict =
  | Extract<AppendOutcome, { kind: 'appended' | 'conflict' | 'refused' }>
  /** The command id is there, with this content. */
  | { readonly kind: 'known'; readonly position: number };

export interface Judged {
  /** One for each append. */
  readonly verdicts: readonly Verdict[];
  /** What is to be inserted, in order of position. */
  readonly events: readonly PlacedEvent[];
  /** After them. */
  readonly head: ChainLink;
}

/** What becomes of each append of a group, as if they came one after the other. */
export function judgeGroup(group: readonly PackedAppend[], found: Found): Judged {
  const versions = new Map(found.versions);
  const known = new Map(found.known);
  const events: PlacedEvent[] = [];
  let head = found.head;

  const verdictOn = (append: PackedAppend): Verdict => {
    const first = known.get(append.commandId);
    if (first !== undefined) {
      return first.contentHash === append.contentHash
        ? { kind: 'known', position: first.position }
        : { kind: 'conflict' };
    }
    const before = append.streams.map((stream) => versions.get(stream) ?? 0);
    if (!append.expected.every((expected, write) => isMet(expected, before[write] ?? 0))) {
      return { kind: 'refused', versions: before };
    }
    const base = head.position;
    known.set(append.commandId, { position: base + 1, contentHash: append.contentHash });
    for (const [index, digest] of append.digests.entries()) {
      const stream = append.streams[(append.writes[index] ?? 0) - 1] ?? '';
      const version = (versions.get(stream) ?? 0) + 1;
      versions.set(stream, version);
      head = linkAfter(head, version, digest);
      events.push({ append, index, stream, position: head.position, version, chain: head.hash });
    }
    return { kind: 'appended', base, versions: before };
  };

  return { verdicts: group.map(verdictOn), events, head };
}

/** @param version 0 where the stream is not there */
function isMet(expected: number, version: number): boolean {
  switch (expected) {
    case ANY_VERSION:
      return true;
    case SOME_VERSION:
      return version > 0;
    default:
      return version === expected;
  }
}
