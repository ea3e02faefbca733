import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CHANNELS, MAX_PAYLOAD_LENGTH, RetraceError } from '@retrace/protocol';
import type { Answer, Channel } from '@retrace/protocol';
import { registerChannels } from './router.ts';
import type { Handlers } from './router.ts';
import type { SentMessage } from './sender.ts';

const ID = '0b8f6a52-6f0e-4c1c-9c53-0d2f3b7a9e11';
const frame = { detached: false, url: 'app://retrace/index.html', processId: 1, frameToken: 'main' };
const ownPage: SentMessage = { senderFrame: frame, sender: { mainFrame: frame } };

type Handler = (...args: unknown[]) => unknown;
let called: jest.Mock<Handler>;
let report: jest.Mock<(error: unknown) => string>;
let registered: Map<string, (event: SentMessage, ...args: unknown[]) => Promise<Answer>>;

beforeEach(() => {
  called = jest.fn<Handler>(() => ({}));
  report = jest.fn(() => '1a2b3c4d');
  registered = new Map();
  const handlers = Object.fromEntries(
    Object.keys(CHANNELS).map((channel) => [channel, (...args: unknown[]) => called(channel, ...args)]),
  );
  registerChannels(
    { handle: (channel, listener) => registered.set(channel, listener) },
    // Made for every channel of the map above; what they answer is the test's business.
    Promise.resolve(handlers as unknown as Handlers),
    report,
  );
});

function invoke(channel: Channel, args: unknown[], event = ownPage): Promise<Answer> {
  const listener = registered.get(channel);
  if (listener === undefined) throw new Error(`${channel} is not registered`);
  return listener(event, ...args);
}

const codeOf = (answer: Answer) => (answer.success ? null : answer.error.code);

describe('the router', () => {
  it('registers every channel of the protocol and nothing else', () => {
    expect([...registered.keys()].sort()).toEqual(Object.keys(CHANNELS).sort());
  });

  it('hands the parsed arguments on and puts success beside the answer', async () => {
    called.mockReturnValue({ session: 'row' });
    const answer = await invoke('session:rename', [ID, '  Work  ']);
    expect(called).toHaveBeenCalledWith('session:rename', ID, 'Work');
    expect(answer).toEqual({ success: true, session: 'row' });
  });

  it('fills what may be left out', async () => {
    await invoke('session:list', []);
    expect(called).toHaveBeenCalledWith('session:list', true);
  });

  it.each([
    ['a frame that has gone', { ...ownPage, senderFrame: null }],
    ['a page of the web', { ...ownPage, senderFrame: { ...frame, url: 'https://example.com/' } }],
    ['a frame inside the window', { ...ownPage, senderFrame: { ...frame, frameToken: 'child' } }],
  ])('refuses %s before it looks at the arguments', async (_what, event) => {
    const answer = await invoke('session:delete', [ID], event);
    expect(codeOf(answer)).toBe('SenderRefused');
    expect(called).not.toHaveBeenCalled();
  });

  it('checks the sender before anything else can happen', () => {
    const changing = { senderFrame: { ...frame } as typeof frame | null, sender: { mainFrame: frame } };
    const answer = invoke('session:getActive', [], changing);
    changing.senderFrame = null;
    return expect(answer).resolves.toEqual({ success: true });
  });

  it.each<[string, Channel, unknown[]]>([
    ['an unknown provider', 'session:create', [{ provider: 'netscape', name: 'Work' }]],
    ['an empty name', 'session:create', [{ provider: 'claude', name: '   ' }]],
    ['a name of 10,000 characters', 'session:rename', [ID, 'x'.repeat(10_000)]],
    ['an extra field', 'session:create', [{ provider: 'claude', name: 'Work', partition: 'persist:mine' }]],
    ['an extra argument', 'session:activate', [ID, true]],
    ['a missing argument', 'session:activate', []],
    ['a wrong type', 'session:activate', [42]],
    ['an id that is none', 'session:activate', ['../../etc']],
    ['a rectangle out of bounds', 'view:place', [{ x: 0, y: 0, width: Infinity, height: 1 }]],
    ['a limit out of bounds', 'timeline:read', [{ limit: 100_000 }]],
  ])('answers InvalidInput to %s', async (_what, channel, args) => {
    const answer = await invoke(channel, args);
    expect(codeOf(answer)).toBe('InvalidInput');
    expect(called).not.toHaveBeenCalled();
  });

  it.each<[string, Channel, unknown[], string]>([
    ['a wrong value', 'session:create', [{ provider: 'claude', name: '' }], 'Give the session a name.'],
    ['a missing field', 'session:create', [{ provider: 'claude' }], '“0.name” is missing.'],
    ['a missing argument', 'timeline:read', [], '“0” is missing.'],
    ['an extra argument', 'session:activate', [ID, 'secret'], '“1” has no place here.'],
    ['a wrong type', 'session:list', ['secret'], '“0” should be boolean.'],
  ])(
    'says in a sentence that there is %s, without quoting what was sent',
    async (_what, channel, args, message) => {
      expect(await invoke(channel, args)).toEqual({
        success: false,
        error: { code: 'InvalidInput', message },
      });
    },
  );

  it('refuses what is too large or no JSON before its schema is tried', async () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(codeOf(await invoke('session:activate', ['x'.repeat(MAX_PAYLOAD_LENGTH)]))).toBe('InvalidInput');
    expect(codeOf(await invoke('session:activate', [cycle]))).toBe('InvalidInput');
    expect(codeOf(await invoke('session:activate', [1n]))).toBe('InvalidInput');
  });

  it('answers a refusal of the engine with its code and message', async () => {
    called.mockImplementation(() => {
      throw new RetraceError('SessionNotFound', 'There is no such session.');
    });
    expect(await invoke('session:activate', [ID])).toEqual({
      success: false,
      error: { code: 'SessionNotFound', message: 'There is no such session.' },
    });
    expect(report).not.toHaveBeenCalled();
  });

  it('writes an unexpected error down and shows only a reference to it', async () => {
    const mistake = new Error('ENOENT: /home/someone/secret');
    called.mockImplementation(() => Promise.reject(mistake));
    const answer = await invoke('session:activate', [ID]);
    expect(report).toHaveBeenCalledWith(mistake);
    expect(answer).toEqual({
      success: false,
      error: {
        code: 'Internal',
        message: 'Something went wrong inside Retrace. It is written down in retrace.log under 1a2b3c4d.',
      },
    });
  });
});
