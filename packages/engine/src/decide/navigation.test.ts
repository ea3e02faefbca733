import { describe, expect, it } from '@jest/globals';
import type { NavigationList, SessionEvent } from '@retrace/protocol';
import { given } from '../../test/decision-specification.ts';
import { crashed, created, followed, happened, sessionId, tableOf } from '../../test/recorded-events.ts';
import { evolve } from '../evolve.ts';
import { recorded } from '../../test/recorded-events.ts';
import { decide } from './decide.ts';

const a = sessionId(1);
const home = 'https://home.example/';
const [one, two] = ['https://one.example/', 'https://two.example/'];
const listOf = (urls: readonly string[], index: number): NavigationList => ({
  entries: urls.map((url) => ({ url, title: '' })),
  index,
});
const navigated = (data: Omit<Extract<SessionEvent, { type: 'SessionNavigated' }>['data'], 'sessionId'>) => ({
  type: 'SessionNavigated' as const,
  data: { sessionId: a, ...data },
});
const walked = [created(a), followed(a, one, 1), followed(a, two, 2)];

describe('NavigateSession', () => {
  it('adds the address after the entry shown, at once', () => {
    given(created(a))
      .when({ type: 'NavigateSession', sessionId: a, url: 'https://one.example' })
      .then(
        navigated({
          url: one,
          cause: 'typed',
          index: 1,
          drop: 0,
          keep: 1,
          added: [{ url: one, title: '' }],
        }),
      );
  });

  it('forgets the entries after the one shown', () => {
    const back = navigated({ url: home, cause: 'back', index: 0, drop: 0, keep: 3, added: [] });
    given(...walked, back)
      .when({ type: 'NavigateSession', sessionId: a, url: 'https://new.example/' })
      .then(
        navigated({
          url: 'https://new.example/',
          cause: 'typed',
          index: 1,
          drop: 0,
          keep: 1,
          added: [{ url: 'https://new.example/', title: '' }],
        }),
      );
  });

  it('wakes a sleeping session first', () => {
    given(created(a), happened('SessionSlept', a))
      .when({ type: 'NavigateSession', sessionId: a, url: one })
      .then(happened('SessionWoken', a), {
        ...navigated({
          url: one,
          cause: 'typed',
          index: 1,
          drop: 0,
          keep: 1,
          added: [{ url: one, title: '' }],
        }),
      });
  });

  it('is no navigation to the address that is shown', () => {
    given(created(a))
      .when({ type: 'NavigateSession', sessionId: a, url: 'https://home.example' })
      .thenNothing();
  });

  it('refuses an address that a session may not open', () => {
    given(created(a))
      .when({ type: 'NavigateSession', sessionId: a, url: 'javascript:alert(1)' })
      .thenRefused('AddressRefused');
  });

  it('keeps at most the 50 entries that a view keeps', () => {
    let table = tableOf(created(a));
    for (let position = 2; position <= 80; position += 1) {
      const decision = decide(table, {
        type: 'NavigateSession',
        sessionId: a,
        url: `https://example.com/${position}`,
      });
      if (!decision.ok) throw new Error(decision.failure.message);
      for (const event of decision.events) table = evolve(table, recorded(event, position));
    }
    const { navigation } = table.sessions[a]?.metadata ?? {};
    expect(navigation?.entries).toHaveLength(50);
    expect(navigation?.entries[0]?.url).toBe('https://example.com/31');
    expect(navigation?.index).toBe(49);
  });
});

describe('TraverseHistory', () => {
  it('goes back and forward without changing the list', () => {
    const back = navigated({ url: one, cause: 'back', index: 1, drop: 0, keep: 3, added: [] });
    given(...walked)
      .when({ type: 'TraverseHistory', sessionId: a, offset: -1 })
      .then(back);
    given(...walked, back)
      .when({ type: 'TraverseHistory', sessionId: a, offset: 1 })
      .then(navigated({ url: two, cause: 'forward', index: 2, drop: 0, keep: 3, added: [] }));
  });

  it.each([1, -3, 0])('refuses to go by %d where no entry is', (offset) => {
    given(...walked)
      .when({ type: 'TraverseHistory', sessionId: a, offset })
      .thenRefused('NoSuchEntry');
  });
});

describe('RecordNavigation', () => {
  it('records what is new in the view’s list, with its cause', () => {
    given(created(a))
      .when({ type: 'RecordNavigation', sessionId: a, navigation: listOf([home, one], 1), cause: 'link' })
      .then(followed(a, one, 1));
  });

  it('records nothing for the list it has, whatever the titles are', () => {
    const navigation = { entries: [{ url: home, title: 'Other title' }], index: 0 };
    given(created(a))
      .when({ type: 'RecordNavigation', sessionId: a, navigation, cause: 'link' })
      .thenNothing();
  });

  it('records nothing for a view that has no entry yet', () => {
    given(created(a))
      .when({ type: 'RecordNavigation', sessionId: a, navigation: listOf([], -1), cause: 'link' })
      .thenNothing();
  });
});

describe('RecordPage', () => {
  const described = (title: string, favicon: string | null): SessionEvent => ({
    type: 'SessionPageDescribed',
    data: { sessionId: a, url: home, title, favicon },
  });
  const report = (title: string, favicon: string | null, url = home) => ({
    type: 'RecordPage' as const,
    sessionId: a,
    url,
    title,
    favicon,
  });

  it('records a new title or icon of the page shown', () => {
    given(created(a)).when(report('Home', null)).then(described('Home', null));
    given(created(a), described('Home', null))
      .when(report('Home', 'data:image/png;base64,AA=='))
      .then(described('Home', 'data:image/png;base64,AA=='));
  });

  it('records nothing that is known', () => {
    given(created(a), described('Home', null)).when(report('Home', null)).thenNothing();
  });

  it('keeps what a page that loads again does not say yet', () => {
    given(created(a), described('Home', 'data:image/png;base64,AA==')).when(report('', null)).thenNothing();
  });

  it('records nothing of a page that is not shown', () => {
    given(created(a))
      .when(report('One', null, one))
      .thenNothing();
  });

  it('records a known description after a crash: the page lives again', () => {
    given(created(a), described('Home', null), crashed(a))
      .when(report('Home', null))
      .then(described('Home', null));
  });
});

describe('RecordCrash', () => {
  it('records why the process ended', () => {
    given(created(a))
      .when({ type: 'RecordCrash', sessionId: a, reason: 'crashed', exitCode: 139 })
      .then(crashed(a));
  });
});
