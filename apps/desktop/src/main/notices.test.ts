import { describe, expect, it } from '@jest/globals';
import { makeNotices } from './notices.ts';

describe('notices', () => {
  it('wait for a window that can show them, and are written down at once', () => {
    const noted: string[] = [];
    const shown: string[] = [];
    const { tell, showWith } = makeNotices((message) => noted.push(message));
    tell('early');
    expect(shown).toEqual([]);
    expect(noted).toEqual(['Told: early']);
    showWith((notice) => shown.push(notice));
    tell('late');
    expect(shown).toEqual(['early', 'late']);
  });
});
