import { describe, expect, it, jest } from '@jest/globals';
import { CHANNELS } from '@retrace/protocol';
import type { Channel, PushMessages } from '@retrace/protocol';
import { makeElectronAPI } from './electron-api.ts';
import type { Wire } from './electron-api.ts';

function wired(answer: (channel: Channel) => unknown = () => ({ success: true })) {
  const listeners = new Map<string, (message: never) => void>();
  const invoke = jest.fn<Wire['invoke']>((channel) => Promise.resolve(answer(channel)));
  const wire: Wire = {
    invoke,
    on(channel, listener) {
      listeners.set(channel, listener);
      return () => listeners.delete(channel);
    },
  };
  const push = <P extends keyof PushMessages>(channel: P, message: PushMessages[P]) =>
    listeners.get(channel)?.(message as never);
  return { api: makeElectronAPI(wire), invoke, push, listeners };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Every method of the API that only asks main something. */
function methodsOf(api: object): ((...args: unknown[]) => unknown)[] {
  return Object.values(api).flatMap((part: Record<string, (...args: unknown[]) => unknown>) =>
    Object.entries(part)
      .filter(([name]) => name !== 'subscribe' && !name.startsWith('on'))
      .map(([, method]) => method),
  );
}

describe('window.electronAPI', () => {
  it('has one method for each channel, snapshots apart, which the subscriptions ask for', async () => {
    const { api, invoke } = wired();
    for (const method of methodsOf(api)) await method();
    const asked = invoke.mock.calls.map(([channel]) => channel);
    const expected = Object.keys(CHANNELS).filter((channel) => !channel.endsWith(':snapshot'));
    expect([...asked].sort()).toEqual(expected.sort());
  });

  it('passes arguments on as they are', async () => {
    const { api, invoke } = wired();
    await api.sessions.create({ provider: 'custom', name: 'Work' });
    expect(invoke).toHaveBeenCalledWith('session:create', [{ provider: 'custom', name: 'Work' }]);
  });

  it('answers InvalidInput to what cannot be sent', async () => {
    const { api, invoke } = wired();
    const create = api.sessions.create as (config: unknown) => Promise<unknown>;
    expect(await create(() => 'a function')).toMatchObject({
      success: false,
      error: { code: 'InvalidInput' },
    });
    expect(invoke).not.toHaveBeenCalled();
  });

  it('answers ShuttingDown, without a stack, when main is gone', async () => {
    const { api } = wired(() => Promise.reject(new Error('No handler registered at /secret/path')));
    expect(await api.sessions.getActive()).toEqual({
      success: false,
      error: { code: 'ShuttingDown', message: 'Retrace is closing.' },
    });
  });

  it('tells a subscriber of views the statuses now, then each change', async () => {
    const { api, push, listeners } = wired((channel) =>
      channel === 'view:snapshot' ? { success: true, views: {}, popup: null } : { success: true },
    );
    const told: unknown[] = [];
    const unsubscribe = api.views.subscribe((statuses) => told.push(statuses));
    await settled();
    const popup = { sessionId: 's', url: 'https://example.com/', title: 'Sign in' };
    push('view:statuses', { views: {}, popup } as never);
    expect(told).toEqual([
      { views: {}, popup: null },
      { views: {}, popup },
    ]);
    unsubscribe();
    expect(listeners.size).toBe(0);
  });

  it('does not tell of a snapshot that a change has overtaken', async () => {
    const { api, push } = wired((channel) =>
      channel === 'view:snapshot' ? { success: true, views: { old: true }, popup: null } : {},
    );
    const told: unknown[] = [];
    api.views.subscribe((statuses) => told.push(statuses));
    push('view:statuses', { views: {}, popup: null });
    await settled();
    expect(told).toEqual([{ views: {}, popup: null }]);
  });

  it('hands messages of main on without the event that brought them', () => {
    const { api, push } = wired();
    const told: unknown[][] = [];
    api.app.onCommand((...args) => told.push(args));
    api.app.onNotice((...args) => told.push(args));
    push('app:command', 'undo');
    push('app:notice', 'A sentence.');
    expect(told).toEqual([['undo'], ['A sentence.']]);
  });
});
