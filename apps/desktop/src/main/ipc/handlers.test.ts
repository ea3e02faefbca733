import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createMemoryLog } from '@retrace/event-log';
import { ENGINE_TABLES, SessionManager } from '@retrace/engine';
import { FakeViewHost } from '@retrace/engine/testing';
import type { Answer, AppInfo, Channel, PushMessages } from '@retrace/protocol';
import { BehaviorSubject } from 'rxjs';
import type { Stage } from '../views/stage.ts';
import { makeHandlers } from './handlers.ts';
import { pushChanges } from './push.ts';
import { registerChannels } from './router.ts';

const frame = { detached: false, url: 'app://retrace/index.html', processId: 1, frameToken: 'main' };
const ABSENT = '0b8f6a52-6f0e-4c1c-9c53-0d2f3b7a9e11';

/** The window's end of a real engine on a log in memory: what it can invoke and what it is sent. */
async function connect() {
  const host = new FakeViewHost();
  const log = createMemoryLog({ tables: ENGINE_TABLES });
  const sessions = new SessionManager({
    log,
    host,
    clock: () => new Date('2026-11-22T09:00:00.000Z'),
    newId: randomUUID,
    appVersion: '0.1.0',
    onNotice: (notice) => {
      throw new Error(notice);
    },
  });
  const calls: string[] = [];
  const stage = {
    popup: null,
    popup$: new BehaviorSubject(null),
    place: ({ x, y }: { x: number; y: number }) => calls.push(`place ${x} ${y}`),
    cover: () => Promise.resolve('data:image/png;base64,eA=='),
    uncover: () => calls.push('uncover'),
    focus: () => calls.push('focus'),
    closePopup: () => calls.push('close popup'),
  };
  const pushed: { channel: string; message: unknown }[] = [];
  const stopPushing = pushChanges((channel, message) => pushed.push({ channel, message }), sessions, stage);
  await sessions.loadPersistedSessions();

  const listeners = new Map<string, (...args: never[]) => Promise<Answer>>();
  registerChannels(
    { handle: (channel, listener) => listeners.set(channel, listener) },
    Promise.resolve(
      makeHandlers({
        sessions,
        // It has all that handlers ask of one.
        stage: stage as unknown as Stage,
        appInfo: () => ({ name: 'Retrace' }) as AppInfo,
      }),
    ),
    (error) => {
      throw error;
    },
  );
  const invoke = (channel: Channel, ...args: unknown[]) => {
    const listener = listeners.get(channel) as ((...args: unknown[]) => Promise<Answer>) | undefined;
    if (listener === undefined) throw new Error(`${channel} is not registered`);
    return listener({ senderFrame: frame, sender: { mainFrame: frame } }, ...args);
  };
  return { invoke, sessions, host, log, calls, pushed, stopPushing };
}

let window: Awaited<ReturnType<typeof connect>>;
beforeEach(async () => {
  window = await connect();
});
afterEach(async () => {
  window.stopPushing();
  await window.sessions.destroy();
});

async function created(): Promise<string> {
  const answer = (await window.invoke('session:create', {
    provider: 'custom',
    name: 'Work',
    url: 'https://a.example/',
  })) as Answer<{ session: { id: string } }>;
  if (!answer.success) throw new Error(answer.error.message);
  return answer.session.id;
}

describe('the channels', () => {
  it('carry a session through its life', async () => {
    const id = await created();
    expect(await window.invoke('session:activate', id)).toEqual({ success: true });
    expect(await window.invoke('session:getActive')).toEqual({ success: true, sessionId: id });
    expect(await window.invoke('session:rename', id, 'Home')).toMatchObject({ session: { name: 'Home' } });
    expect(await window.invoke('session:navigate', id, 'https://b.example/')).toEqual({ success: true });
    await window.sessions.settled();
    expect(await window.invoke('session:back', id)).toEqual({ success: true });
    expect(await window.invoke('session:forward', id)).toEqual({ success: true });
    expect(await window.invoke('session:reload', id)).toEqual({ success: true });
    expect(await window.invoke('session:stop', id)).toEqual({ success: true });
    expect(await window.invoke('session:list')).toMatchObject({ success: true, sessions: [{ id }] });
    expect(await window.invoke('session:snapshot')).toMatchObject({ table: { activeSessionId: id } });
    expect(await window.invoke('view:snapshot')).toMatchObject({ views: { [id]: {} }, popup: null });

    const deleted = await window.invoke('session:delete', id);
    expect(deleted).toMatchObject({ success: true, actionId: expect.any(String) });
    expect(await window.invoke('session:list')).toEqual({ success: true, sessions: [] });
    expect(await window.invoke('session:undo')).toMatchObject({ undone: { sessionId: id } });
    await window.invoke('session:delete', id);
    expect(await window.invoke('session:restore', id)).toMatchObject({ session: { id, name: 'Home' } });
    expect(await window.invoke('timeline:read', { limit: 1 })).toMatchObject({
      events: [{ type: 'SessionRestored' }],
      hasMore: true,
    });
  });

  it.each<[Channel, unknown[], string]>([
    ['session:activate', [ABSENT], 'SessionNotFound'],
    ['session:delete', [ABSENT], 'SessionNotFound'],
    ['session:reload', [ABSENT], 'SessionNotFound'],
    ['session:undo', [], 'NothingToUndo'],
    ['session:create', [{ provider: 'custom', name: 'Work', url: 'javascript:alert(1)' }], 'AddressRefused'],
    ['session:create', [{ provider: 'custom', name: 'Work', url: 'file:///etc/passwd' }], 'AddressRefused'],
  ])('%s with %j is refused with %s, and nothing is appended', async (channel, args, code) => {
    expect(await window.invoke(channel, ...args)).toMatchObject({ success: false, error: { code } });
    expect(await window.log.head()).toBe(0);
  });

  it('reach the stage', async () => {
    await window.invoke('view:place', { x: 240, y: 48, width: 800, height: 600 });
    await window.invoke('view:focus');
    await window.invoke('popup:close');
    expect(await window.invoke('view:cover')).toMatchObject({ picture: 'data:image/png;base64,eA==' });
    await window.invoke('view:uncover');
    expect(window.calls).toEqual(['place 240 48', 'focus', 'close popup', 'uncover']);
  });

  it('tell of the application', async () => {
    expect(await window.invoke('app:info')).toEqual({ success: true, info: { name: 'Retrace' } });
  });
});

describe('the pushes', () => {
  it('lead from the first table to the newest without a gap', async () => {
    const id = await created();
    await window.invoke('session:activate', id);
    await window.sessions.settled();
    const steps = window.pushed
      .filter(({ channel }) => channel === 'session:patches')
      .map(({ message }) => message as PushMessages['session:patches']);
    let position = 0;
    for (const step of steps) {
      expect(step.from).toBe(position);
      position = step.to;
    }
    expect(position).toBe(window.sessions.table.position);
  });

  it('tell of views, and stop when they are told to', async () => {
    const id = await created();
    await window.invoke('session:activate', id);
    expect(window.pushed.filter(({ channel }) => channel === 'view:statuses').at(-1)?.message).toMatchObject({
      views: { [id]: { loading: false } },
      popup: null,
    });
    window.stopPushing();
    const before = window.pushed.length;
    await window.invoke('session:rename', id, 'Home');
    expect(window.pushed).toHaveLength(before);
  });
});
