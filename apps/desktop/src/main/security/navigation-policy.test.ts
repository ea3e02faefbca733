import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { guardNavigation, judgeFrameNavigation } from './navigation-policy.ts';

const REFUSED_EVERYWHERE = [
  'http://example.com/',
  'file:///etc/passwd',
  'app://retrace/index.html',
  'data:text/html,hello',
  'blob:https://example.com/0a1b',
  'javascript:alert(1)',
  'chrome://settings/',
  'devtools://devtools/bundled/inspector.html',
  'view-source:https://example.com/',
  'about:config',
];

describe('judgeFrameNavigation', () => {
  it.each(['https://example.com/', 'http://127.0.0.1:8080/', 'http://localhost/', 'about:blank'])(
    'lets any frame go to %s',
    (url) => {
      expect(judgeFrameNavigation(url, true).allowed).toBe(true);
      expect(judgeFrameNavigation(url, false).allowed).toBe(true);
    },
  );

  it.each(REFUSED_EVERYWHERE)('lets no frame go to %s', (url) => {
    expect(judgeFrameNavigation(url, true).allowed).toBe(false);
    expect(judgeFrameNavigation(url, false).allowed).toBe(false);
  });

  it('lets a page write a frame inside it, but not itself', () => {
    expect(judgeFrameNavigation('about:srcdoc', false).allowed).toBe(true);
    expect(judgeFrameNavigation('about:srcdoc', true).allowed).toBe(false);
  });
});

describe('guardNavigation', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('refuses in %s', (name) => {
    const contents = new EventEmitter();
    const refusals: unknown[] = [];
    // Only the three events are used of a web contents, and they are the emitter's.
    guardNavigation(contents as unknown as WebContents, judgeFrameNavigation, (refusal) =>
      refusals.push(refusal),
    );
    const prevented: string[] = [];
    const go = (url: string) =>
      contents.emit(name, { url, isMainFrame: true, preventDefault: () => prevented.push(url) });

    go('https://example.com/');
    go('file:///etc/passwd');

    expect(prevented).toEqual(['file:///etc/passwd']);
    expect(refusals).toEqual([
      { url: 'file:///etc/passwd', isMainFrame: true, reason: expect.stringContaining('file:') },
    ]);
  });
});
