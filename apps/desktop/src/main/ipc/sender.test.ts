import { describe, expect, it } from '@jest/globals';
import { isFromOwnPage } from './sender.ts';

const main = { detached: false, url: 'app://retrace/index.html', processId: 7, frameToken: 'main' };
const sender = { mainFrame: main };

describe('isFromOwnPage', () => {
  it('accepts the main frame of the application’s page', () => {
    expect(isFromOwnPage({ sender, senderFrame: { ...main } })).toBe(true);
  });

  it.each([
    ['a frame that has gone', null],
    ['a detached frame', { ...main, detached: true }],
    ['a frame inside the page', { ...main, frameToken: 'child' }],
    ['a frame of another process', { ...main, processId: 8 }],
    ['a page of the web', { ...main, url: 'https://example.com/' }],
    ['another host of the scheme', { ...main, url: 'app://other/index.html' }],
    ['a blank page', { ...main, url: 'about:blank' }],
  ])('refuses %s', (_what, senderFrame) => {
    expect(isFromOwnPage({ sender, senderFrame })).toBe(false);
  });

  it('refuses the main frame once it shows a page of the web', () => {
    const gone = { ...main, url: 'https://example.com/' };
    expect(isFromOwnPage({ sender: { mainFrame: gone }, senderFrame: gone })).toBe(false);
  });
});
