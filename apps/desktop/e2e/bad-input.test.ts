import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ElectronAPI, ErrorCode, SessionRow } from '@retrace/protocol';
import { Stage } from './app/stage.ts';

type Method = Exclude<keyof ElectronAPI['sessions'], 'subscribe'>;

const NOBODY = '00000000-0000-4000-8000-000000000000';
const config = { provider: 'custom', name: 'Bad' };

describe('what the window must not be able to ask', () => {
  let stage: Stage;
  let listed: SessionRow;
  let deleted: SessionRow;
  let position: number;

  beforeAll(async () => {
    stage = await Stage.open();
    listed = await stage.openSession('Listed', '/page/1');
    deleted = await stage.openSession('Deleted', '/page/2');
    await stage.retrace.api.sessions('delete', deleted.id);
    await stage.retrace.api.sessions('activate', listed.id);
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    position = await stage.retrace.api.position();
  });
  afterEach(async () => {
    // Nothing refused leaves anything in the log.
    if ((await stage.retrace.api.position()) !== position) throw new Error('A refused call left an event.');
  });

  async function expectRefused(code: ErrorCode, method: Method, ...args: unknown[]): Promise<void> {
    const answer = await stage.retrace.api.ask(method, ...args);
    expect(answer).toMatchObject({ success: false, error: { code } });
    const message = answer.success ? '' : answer.error.message;
    expect(message).toMatch(/^[A-Z“][^\n]+$/);
    // One line for the person, no stack and no place in our code.
    expect(message).not.toMatch(/node:|\.ts|\.js/);
  }

  it.each([
    ['an unknown provider', { ...config, provider: 'netscape' }],
    ['an empty name', { ...config, name: '' }],
    ['a name of white space', { ...config, name: '   ' }],
    ['a name of 10,000 characters', { ...config, name: 'n'.repeat(10_000) }],
    ['a name that is a number', { ...config, name: 7 }],
    ['no name', { provider: 'custom' }],
    ['an extra field', { ...config, partition: 'persist:mine' }],
    ['an address that is an object', { ...config, url: {} }],
    ['text for a configuration', 'custom'],
    ['null for a configuration', null],
    ['more than 64 KiB', { ...config, url: `https://example.com/${'a'.repeat(70_000)}` }],
  ])('create with %s: InvalidInput', async (_, given) => {
    await expectRefused('InvalidInput', 'create', given);
  });

  it('create with an argument too many: InvalidInput', async () => {
    await expectRefused('InvalidInput', 'create', config, 'more');
  });

  const REFUSED_ADDRESSES = [
    'javascript:alert(1)',
    'file:///etc/hostname',
    'data:text/html,hello',
    'blob:https://example.com/5',
    'chrome://settings',
    'devtools://devtools/bundled/inspector.html',
    'app://retrace/index.html',
    'http://example.com/',
    'https://',
    'not an address',
  ];

  it.each(REFUSED_ADDRESSES)('create and navigate to %s: AddressRefused', async (url) => {
    await expectRefused('AddressRefused', 'create', { ...config, url });
    await expectRefused('AddressRefused', 'navigate', listed.id, url);
  });

  const BY_ID: readonly (readonly [Method, ...unknown[]])[] = [
    ['activate'],
    ['delete'],
    ['restore'],
    ['rename', 'Other'],
    ['navigate', 'https://example.com/'],
    ['back'],
    ['forward'],
    ['reload'],
    ['stop'],
  ];

  it.each(BY_ID)('%s with an id that no session has: SessionNotFound', async (method, ...rest) => {
    await expectRefused('SessionNotFound', method, NOBODY, ...rest);
  });

  it.each(BY_ID.filter(([method]) => method !== 'restore'))(
    '%s of a deleted session: SessionDeleted',
    async (method, ...rest) => {
      await expectRefused('SessionDeleted', method, deleted.id, ...rest);
    },
  );

  it.each(BY_ID)('%s with an id that is none: InvalidInput', async (method, ...rest) => {
    for (const id of ['', 'persist:x', listed.id.toUpperCase(), 7, null, { id: listed.id }, '__proto__']) {
      await expectRefused('InvalidInput', method, id, ...rest);
    }
  });

  it('restore of a session that is in the list: SessionNotDeleted', async () => {
    await expectRefused('SessionNotDeleted', 'restore', listed.id);
  });

  it('rename to nothing, to 10,000 characters and to an object: InvalidInput', async () => {
    for (const name of ['', ' ', 'n'.repeat(10_000), {}]) {
      await expectRefused('InvalidInput', 'rename', listed.id, name);
    }
  });

  it('back and forward where the list ends: NoSuchEntry', async () => {
    await expectRefused('NoSuchEntry', 'back', listed.id);
    await expectRefused('NoSuchEntry', 'forward', listed.id);
  });

  it('list and undo with the wrong types: InvalidInput', async () => {
    await expectRefused('InvalidInput', 'list', 'all');
    await expectRefused('InvalidInput', 'undo', 'everything');
    await expectRefused('InvalidInput', 'getActive', 1);
  });

  it('a frame that is not the window itself: it has no electronAPI', async () => {
    const inFrame = await stage.retrace.window.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const found = 'electronAPI' in (frame.contentWindow ?? {});
      frame.remove();
      return found;
    });
    expect(inFrame).toBe(false);
  });

  it('a page: it has no electronAPI, no require and no process', async () => {
    const found = await stage.retrace
      .page(listed)
      .run(() =>
        ['electronAPI', 'require', 'process', 'module', 'ipcRenderer'].filter((name) => name in window),
      );
    expect(found).toEqual([]);
  });
});
