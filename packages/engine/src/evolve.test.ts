import { describe, expect, it } from '@jest/globals';
import { EMPTY_TABLE, listedSessions, trashedSessions } from '@retrace/protocol';
import {
  crashed,
  created,
  deleted,
  followed,
  happened,
  minute,
  recorded,
  sessionId,
  tableOf,
} from '../test/recorded-events.ts';
import { evolve } from './evolve.ts';

const [a, b, c] = [sessionId(1), sessionId(2), sessionId(3)];
const home = 'https://home.example/';

describe('evolve', () => {
  it('makes of a creation a row that is awake, on its home page and not shown', () => {
    expect(tableOf(created(a))).toEqual({
      position: 1,
      activeSessionId: null,
      sessions: {
        [a]: {
          id: a,
          provider: 'custom',
          name: 'Work',
          partition: `persist:custom-${a}`,
          createdAt: minute(1),
          lastActive: minute(1),
          isActive: true,
          deletedAt: null,
          metadata: {
            homeUrl: home,
            lastUrl: home,
            title: '',
            favicon: null,
            navigation: { entries: [{ url: home, title: '' }], index: 0 },
            sortKey: 1,
            crash: null,
          },
        },
      },
    });
  });

  it('does not change the table it is given', () => {
    const before = tableOf(created(a));
    const copy = structuredClone(before);
    evolve(before, recorded(happened('SessionActivated', a), 2));
    expect(before).toEqual(copy);
  });

  it('shows an activated session and says when', () => {
    const table = tableOf(created(a), created(b), happened('SessionActivated', a));
    expect(table.activeSessionId).toBe(a);
    expect(table.sessions[a]?.lastActive).toBe(minute(3));
    expect(table.sessions[b]?.lastActive).toBe(minute(2));
  });

  it('keeps a deleted session in the trash and shows its successor', () => {
    const table = tableOf(created(a), created(b), happened('SessionActivated', a), deleted(a, b));
    expect(table.activeSessionId).toBe(b);
    expect(table.sessions[b]?.lastActive).toBe(minute(4));
    expect(listedSessions(table).map((row) => row.id)).toEqual([b]);
    expect(trashedSessions(table)).toMatchObject([{ id: a, deletedAt: minute(4), isActive: false }]);
  });

  it('leaves the session shown as it is when another one is deleted', () => {
    expect(tableOf(created(a), created(b), happened('SessionActivated', a), deleted(b)).activeSessionId).toBe(
      a,
    );
  });

  it('brings a restored session back to its old place, awake and shown', () => {
    const table = tableOf(created(a), created(b), created(c), deleted(b), happened('SessionRestored', b));
    expect(listedSessions(table).map((row) => row.id)).toEqual([a, b, c]);
    expect(table.sessions[b]).toMatchObject({ isActive: true, deletedAt: null });
    expect(table.activeSessionId).toBe(b);
  });

  it('shows none in place of a shown session that falls asleep', () => {
    const table = tableOf(created(a), happened('SessionActivated', a), happened('SessionSlept', a));
    expect(table.sessions[a]?.isActive).toBe(false);
    expect(table.activeSessionId).toBeNull();
  });

  it('follows a navigation: list, address and title', () => {
    const table = tableOf(created(a), followed(a, 'https://home.example/2', 1));
    expect(table.sessions[a]?.metadata).toMatchObject({
      lastUrl: 'https://home.example/2',
      title: '',
      navigation: {
        entries: [
          { url: home, title: '' },
          { url: 'https://home.example/2', title: '' },
        ],
        index: 1,
      },
    });
  });

  it('keeps the icon within one site and drops it for another', () => {
    const described = {
      type: 'SessionPageDescribed' as const,
      data: { sessionId: a, url: home, title: 'Home', favicon: 'data:image/png;base64,AA==' },
    };
    const sameSite = tableOf(created(a), described, followed(a, 'https://home.example/2', 1));
    expect(sameSite.sessions[a]?.metadata.favicon).toBe('data:image/png;base64,AA==');
    const other = tableOf(created(a), described, followed(a, 'https://other.example/', 1));
    expect(other.sessions[a]?.metadata.favicon).toBeNull();
  });

  it('gives the title of a page to its entry, so that going back shows it', () => {
    const described = {
      type: 'SessionPageDescribed' as const,
      data: { sessionId: a, url: home, title: 'Home', favicon: null },
    };
    const back = {
      type: 'SessionNavigated' as const,
      data: { sessionId: a, url: home, cause: 'back' as const, index: 0, drop: 0, keep: 2, added: [] },
    };
    const table = tableOf(created(a), described, followed(a, 'https://other.example/', 1), back);
    expect(table.sessions[a]?.metadata).toMatchObject({ title: 'Home', lastUrl: home });
  });

  it('counts what a person or a page does as activity, what the system does not', () => {
    const table = tableOf(created(a));
    const event = followed(a, 'https://home.example/2', 1);
    const by = (actor: 'page' | 'undo') =>
      evolve(table, recorded(event, 2, { actor })).sessions[a]?.lastActive;
    expect(by('page')).toBe(minute(2));
    expect(by('undo')).toBe(minute(1));
  });

  it.each([
    ['navigates', followed(a, 'https://home.example/2', 1)],
    [
      'describes itself',
      { type: 'SessionPageDescribed' as const, data: { sessionId: a, url: home, title: '', favicon: null } },
    ],
    ['is woken', happened('SessionWoken', a)],
    ['is restored', happened('SessionRestored', a)],
  ])('marks a crashed session until it %s', (_, event) => {
    const table = tableOf(created(a), crashed(a));
    expect(table.sessions[a]?.metadata.crash).toEqual({ reason: 'crashed', at: minute(2) });
    expect(evolve(table, recorded(event, 3)).sessions[a]?.metadata.crash).toBeNull();
  });

  it('renames', () => {
    const event = {
      type: 'SessionRenamed' as const,
      data: { sessionId: a, name: 'Play', previousName: 'Work' },
    };
    expect(tableOf(created(a), event).sessions[a]?.name).toBe('Play');
  });

  it('passes over an event of a session that is not in the table', () => {
    expect(evolve(EMPTY_TABLE, recorded(happened('SessionActivated', a), 7))).toEqual({
      ...EMPTY_TABLE,
      position: 7,
    });
  });
});
