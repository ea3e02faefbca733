import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { CdpConnection } from './connection.ts';
import { CdpClosedError, CdpError } from './errors.ts';

function connect() {
  const output = new PassThrough();
  const input = new PassThrough();
  const connection = new CdpConnection(output, input);
  return {
    connection,
    output,
    input,
    answer: (message: object) => input.write(`${JSON.stringify(message)}\0`),
  };
}

describe('CdpConnection', () => {
  it('resolves a command with the result of its id', async () => {
    const { connection, answer } = connect();
    const version = connection.root.send('Browser.getVersion');
    answer({ id: 1, result: { product: 'Chrome/156' } });
    await expect(version).resolves.toEqual({ product: 'Chrome/156' });
  });

  it('names the method in a refusal', async () => {
    const { connection, answer } = connect();
    const closing = connection.root.send('Target.closeTarget', { targetId: 'x' });
    answer({ id: 1, error: { code: -32000, message: 'No target with given id found' } });
    await expect(closing).rejects.toThrow(
      new CdpError('Target.closeTarget', -32000, 'No target with given id found'),
    );
  });

  it('keeps events apart by session and stops when the listener is removed', async () => {
    const { connection, answer, input } = connect();
    const seen: string[] = [];
    answer({
      method: 'Target.attachedToTarget',
      params: { sessionId: 'page', targetInfo: {}, waitingForDebugger: false },
    });
    await new Promise(setImmediate);
    const off = connection.session('page').on('Inspector.detached', ({ reason }) => void seen.push(reason));
    answer({ method: 'Inspector.detached', params: { reason: 'browser' } });
    answer({ sessionId: 'page', method: 'Inspector.detached', params: { reason: 'page' } });
    await new Promise(setImmediate);
    off();
    answer({ sessionId: 'page', method: 'Inspector.detached', params: { reason: 'late' } });
    await new Promise(setImmediate);
    expect(seen).toEqual(['page']);
    input.destroy();
  });

  it('passes answers and events on in the order in which they came, in one piece too', async () => {
    const { connection, input } = connect();
    const seen: unknown[] = [];
    connection.root.onAny((method) => seen.push(method));
    connection.root.forward('Page.getFrameTree', {}, (answer) => seen.push(answer));
    const messages = [
      { method: 'Page.frameAttached', params: {} },
      { id: 1, result: { frameTree: {} } },
      { method: 'Runtime.executionContextCreated', params: {} },
    ];
    input.write(messages.map((message) => `${JSON.stringify(message)}\0`).join(''));
    await new Promise(setImmediate);
    expect(seen).toEqual([
      'Page.frameAttached',
      { ok: true, result: { frameTree: {} } },
      'Runtime.executionContextCreated',
    ]);
  });

  it('rejects what is open and settles every session when the pipe closes', async () => {
    const { connection, input } = connect();
    const page = connection.session('page');
    const open = page.send('Page.enable');
    input.destroy();
    await expect(open).rejects.toBeInstanceOf(CdpClosedError);
    await Promise.all([page.detached, connection.root.detached]);
    await expect(connection.root.send('Browser.getVersion')).rejects.toBeInstanceOf(CdpClosedError);
  });
});
