import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEvent, SessionRow } from '@retrace/protocol';
import { eventually } from './app/eventually.ts';
import { Stage } from './app/stage.ts';

/** What one action has to leave, in order. */
type Expected = Pick<RecordedEvent, 'type' | 'actor'> & { readonly data?: object };

describe('what leaves events', () => {
  let stage: Stage;
  let session: SessionRow;
  /** Everything up to here has been accounted for, so an event too many of one step is found by the next. */
  let accounted = 0;

  const at = (path: string) => stage.site.origin + path;
  const arrived = (path: string) => stage.retrace.page(session).arrived(at(path));

  /** Titles and icons come when the page says them; they have a test of their own. */
  async function eventsSince(position: number): Promise<RecordedEvent[]> {
    const events = await stage.retrace.api.events(position);
    return events.filter(({ type }) => type !== 'SessionPageDescribed');
  }

  /** Does something and expects exactly these events of it, as one action. */
  async function expectEvents(act: () => Promise<unknown>, expected: readonly Expected[]): Promise<void> {
    await act();
    await eventually(async () => {
      const events = await eventsSince(accounted);
      expect(events).toMatchObject(expected);
      expect(new Set(events.map(({ correlationId }) => correlationId)).size).toBe(Math.min(1, events.length));
    });
    accounted = (await eventsSince(accounted)).at(-1)?.position ?? accounted;
  }

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it('creating: one event, which holds where the session begins', async () => {
    const create = async () => {
      const url = at('/page/1');
      const answer = await stage.retrace.api.sessions('create', { provider: 'custom', name: 'Log', url });
      session = answer.session;
    };
    await expectEvents(create, [
      { type: 'SessionCreated', actor: 'user', data: { name: 'Log', homeUrl: at('/page/1') } },
    ]);
    await arrived('/page/1');
  });

  it('activating: one event, and none for the session that is shown already', async () => {
    const activate = () => stage.retrace.api.sessions('activate', session.id);
    await expectEvents(activate, [
      { type: 'SessionActivated', actor: 'user', data: { sessionId: session.id } },
    ]);
    await expectEvents(activate, []);
  });

  it('a typed address: one event of the person', async () => {
    const go = async () => {
      await stage.retrace.ui.goTo(at('/page/2'));
      await arrived('/page/2');
    };
    await expectEvents(go, [
      { type: 'SessionNavigated', actor: 'user', data: { cause: 'typed', url: at('/page/2'), index: 1 } },
    ]);
  });

  it('a link: one event of the page', async () => {
    const follow = async () => {
      await stage.retrace.page(session).click('a[href="/page/3"]');
      await arrived('/page/3');
    };
    await expectEvents(follow, [
      { type: 'SessionNavigated', actor: 'page', data: { cause: 'link', url: at('/page/3'), index: 2 } },
    ]);
  });

  it.each(['server', 'client'])(
    'a redirect by the %s: where one wanted to go, then where one was sent',
    async (by) => {
      const go = async () => {
        await stage.retrace.ui.goTo(at(`/redirect/${by}?to=/page/4`));
        await arrived('/page/4');
      };
      await expectEvents(go, [
        { type: 'SessionNavigated', actor: 'user', data: { cause: 'typed' } },
        { type: 'SessionNavigated', actor: 'page', data: { cause: 'redirect', url: at('/page/4') } },
      ]);
    },
  );

  it('a step within a page: one event of the page for each', async () => {
    await expectEvents(async () => {
      await stage.retrace.ui.goTo(at('/in-page'));
      await arrived('/in-page');
    }, [{ type: 'SessionNavigated', actor: 'user', data: { cause: 'typed' } }]);
    await expectEvents(
      () => stage.retrace.page(session).click('#push'),
      [{ type: 'SessionNavigated', actor: 'page', data: { cause: 'in-page', url: at('/in-page?place=1') } }],
    );
    await expectEvents(
      () => stage.retrace.page(session).click('a[href="#below"]'),
      [
        {
          type: 'SessionNavigated',
          actor: 'page',
          data: { cause: 'in-page', url: at('/in-page?place=1#below') },
        },
      ],
    );
  });

  it('back and forward by the buttons: one event of the person for each', async () => {
    await expectEvents(
      () => stage.retrace.ui.button('Back').click(),
      [{ type: 'SessionNavigated', actor: 'user', data: { cause: 'back', url: at('/in-page?place=1') } }],
    );
    await arrived('/in-page?place=1');
    await expectEvents(
      () => stage.retrace.ui.button('Forward').click(),
      [
        {
          type: 'SessionNavigated',
          actor: 'user',
          data: { cause: 'forward', url: at('/in-page?place=1#below') },
        },
      ],
    );
    await arrived('/in-page?place=1#below');
  });

  it('back and forward by the page: one event of the page for each', async () => {
    await expectEvents(
      () => stage.retrace.page(session).run(() => history.go(-2)),
      [{ type: 'SessionNavigated', actor: 'page', data: { cause: 'back', url: at('/in-page') } }],
    );
    await expectEvents(
      () => stage.retrace.page(session).run(() => history.forward()),
      [{ type: 'SessionNavigated', actor: 'page', data: { cause: 'forward', url: at('/in-page?place=1') } }],
    );
  });

  it('what a page says of itself is an event of the page, in the action that brought it', async () => {
    const go = async () => {
      await stage.retrace.ui.goTo(at('/page/6'));
      await arrived('/page/6');
    };
    await expectEvents(go, [{ type: 'SessionNavigated', actor: 'user', data: { cause: 'typed' } }]);
    await eventually(async () => {
      const events = await stage.retrace.api.events();
      const [typed, described] = events.filter(({ data }) => 'url' in data && data.url === at('/page/6'));
      expect(described).toMatchObject({
        type: 'SessionPageDescribed',
        actor: 'page',
        correlationId: typed?.correlationId,
        data: { title: 'Notes on weather' },
      });
    });
  });

  it('deleting and taking it back: one event each, the second naming what it undoes', async () => {
    await expectEvents(
      () => stage.retrace.ui.deleteSession('Log'),
      [{ type: 'SessionDeleted', actor: 'user', data: { sessionId: session.id } }],
    );
    const deletion = (await stage.retrace.api.events()).at(-1);
    await expectEvents(
      () => stage.retrace.ui.undo(),
      [{ type: 'SessionRestored', actor: 'undo', data: { sessionId: session.id } }],
    );
    const restoration = (await eventsSince(0)).at(-1);
    expect(restoration?.undoes).toBe(deletion?.correlationId);
    await arrived('/page/6');
  });

  it('a reload of the page and one of the interface: nothing', async () => {
    const { ui, window } = stage.retrace;
    const mark = stage.site.requests.mark;
    await expectEvents(async () => {
      await ui.button('Reload').click();
      await stage.site.requests.arrival('/page/6', mark);
      await arrived('/page/6');
    }, []);
    await expectEvents(async () => {
      await window.reload();
      await ui.ready();
      await ui.tab('Log').waitFor();
    }, []);
  });

  it('a restart: nothing', async () => {
    await expectEvents(async () => {
      const mark = stage.site.requests.mark;
      await stage.restart({ after: 'quit' });
      await stage.site.requests.arrival('/page/6', mark);
      await arrived('/page/6');
    }, []);
  });

  it('and every event says who, when and in which action', async () => {
    const events = await stage.retrace.api.events();
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
    for (const event of events) {
      expect(event.correlationId).toMatch(/^[0-9a-f-]{36}$/);
      expect(event.commandId).toMatch(/^[0-9a-f-]{36}$/);
      expect(Number.isNaN(Date.parse(event.recordedAt))).toBe(false);
    }
  });
});
