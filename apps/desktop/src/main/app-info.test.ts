import { describe, expect, it } from '@jest/globals';
import { describeApp } from './app-info.ts';

const facts = {
  version: '0.1.0',
  versions: { ...process.versions, chrome: '156.0.0.0', electron: '45.4.1', node: '24.1.0' },
  dataDirectory: '/data',
  protection: 'keyring',
  now: new Date('2026-11-22T09:00:00.000Z'),
} as const;

describe('describeApp', () => {
  it('has nothing to confess on Electron with a keyring', () => {
    expect(describeApp(facts)).toEqual({
      name: 'Retrace',
      version: '0.1.0',
      runtime: 'electron',
      versions: { chrome: '156.0.0.0', electron: '45.4.1', node: '24.1.0' },
      now: '2026-11-22T09:00:00.000Z',
      dataDirectory: '/data',
      notices: [],
    });
  });

  it('says what is missing on an installed Chromium', () => {
    const info = describeApp({ ...facts, versions: { ...facts.versions, 'electron-on-chromium': '0.1.0' } });
    expect(info.runtime).toBe('chromium');
    expect(info.notices.join(' ')).toMatch(/sandbox policy.*integrity.*fuses/);
  });

  it('says when logins are kept unencrypted', () => {
    expect(describeApp({ ...facts, protection: 'none' }).notices).toHaveLength(1);
  });
});
