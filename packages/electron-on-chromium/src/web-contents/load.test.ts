import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { followLoad, PendingLoads } from './load.ts';

const start = (contents: EventEmitter, url: string) =>
  contents.emit('did-start-navigation', {}, url, false, true);

describe('followLoad', () => {
  it('resolves when the document has loaded', async () => {
    const contents = new EventEmitter();
    const load = followLoad(contents, 'https://a.test/');
    start(contents, 'https://a.test/');
    contents.emit('did-finish-load', {});
    await expect(load).resolves.toBeUndefined();
    expect(contents.eventNames()).toEqual([]);
  });

  it('rejects with what made the load fail, once loading has stopped', async () => {
    const contents = new EventEmitter();
    const load = followLoad(contents, 'https://a.test/');
    start(contents, 'https://a.test/');
    contents.emit('did-fail-load', {}, -105, 'ERR_NAME_NOT_RESOLVED', 'https://a.test/', true);
    contents.emit('did-stop-loading', {});
    await expect(load).rejects.toMatchObject({
      message: "ERR_NAME_NOT_RESOLVED (-105) loading 'https://a.test/'",
      code: 'ERR_NAME_NOT_RESOLVED',
      errno: -105,
      url: 'https://a.test/',
    });
  });

  it('rejects as aborted when another document takes its place, and when the page is destroyed', async () => {
    const contents = new EventEmitter();
    const first = followLoad(contents, 'https://a.test/');
    start(contents, 'https://a.test/');
    start(contents, 'https://b.test/');
    await expect(first).rejects.toThrow("ERR_ABORTED (-3) loading 'https://a.test/'");
    const second = followLoad(contents, 'https://c.test/');
    contents.emit('destroyed', {});
    await expect(second).rejects.toThrow('ERR_ABORTED (-3)');
  });

  it('does not take the end of a load before it for its own', async () => {
    const contents = new EventEmitter();
    const load = followLoad(contents, 'https://b.test/', { isOwn: (url) => url === 'https://b.test/' });
    start(contents, 'https://a.test/');
    contents.emit('did-finish-load', {});
    start(contents, 'https://b.test/');
    contents.emit('did-fail-load', {}, -2, 'ERR_FAILED', 'https://b.test/', true);
    contents.emit('did-stop-loading', {});
    await expect(load).rejects.toThrow('ERR_FAILED');
  });
});

describe('PendingLoads', () => {
  it('tells two loads of one address apart by the order of their starts', async () => {
    const contents = new EventEmitter();
    const loads = new PendingLoads();
    const [first, second] = ['https://a.test', 'https://a.test/'].map((url) =>
      loads.follow(url, (isOwn) => followLoad(contents, url, { isOwn })),
    );
    start(contents, 'https://a.test/');
    start(contents, 'https://a.test/');
    contents.emit('did-finish-load', {});
    await expect(first).rejects.toThrow('ERR_ABORTED');
    await expect(second).resolves.toBeUndefined();
  });
});
