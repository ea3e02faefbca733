import { describe, expect, it } from '@jest/globals';
import type { HandlerDetails } from 'electron';
import { GESTURE_MS, judgePopup } from './popup-policy.ts';
import type { PopupRequest } from './popup-policy.ts';

const SIGN_IN = 'https://id.example/authorize';

function request(change: Partial<PopupRequest['details']> & Partial<Omit<PopupRequest, 'details'>>) {
  const { sinceGesture = 10, isOpen = false, ...details } = change;
  const full = { url: SIGN_IN, frameName: '', disposition: 'new-window', ...details } as const;
  return { details: full, sinceGesture, isOpen };
}

describe('judgePopup', () => {
  it.each<[string, Parameters<typeof request>[0]]>([
    ['window.open with features', { disposition: 'new-window' }],
    ['window.open with a name', { disposition: 'foreground-tab', frameName: 'oauth' }],
    [
      'window.open without an address, to be filled by its opener',
      { disposition: 'foreground-tab', url: '' },
    ],
    [
      'a form posted to a new window',
      {
        disposition: 'foreground-tab',
        // Only its presence is looked at.
        postBody: { contentType: 'text/plain', data: [] } satisfies HandlerDetails['postBody'],
      },
    ],
    ['a local identity provider', { url: 'http://127.0.0.1:8080/authorize' }],
    ['just within a second of a click', { sinceGesture: GESTURE_MS }],
  ])('opens %s', (_what, change) => {
    expect(judgePopup(request(change))).toEqual({ kind: 'popup' });
  });

  it.each<[string, Parameters<typeof request>[0]]>([
    ['a link with target=_blank', { disposition: 'foreground-tab' }],
    ['a link whose target is spelled out', { disposition: 'foreground-tab', frameName: '_blank' }],
    ['a link in the present window', { disposition: 'default' }],
  ])('follows %s in place', (_what, change) => {
    expect(judgePopup(request(change))).toEqual({ kind: 'navigate', url: SIGN_IN });
  });

  it.each<[string, Parameters<typeof request>[0], RegExp]>([
    ['a window nobody asked for', { sinceGesture: null }, /by itself/],
    ['a window long after a click', { sinceGesture: GESTURE_MS + 1 }, /by itself/],
    ['a link nobody clicked', { disposition: 'foreground-tab', sinceGesture: null }, /by itself/],
    ['a second window', { isOpen: true }, /open already/],
    ['a tab in the background', { disposition: 'background-tab' }, /one page/],
    ['what Electron has no name for', { disposition: 'other' }, /kind of window/],
    ['javascript:', { url: 'javascript:alert(1)' }, /javascript:/],
    ['data:', { url: 'data:text/html,hello' }, /data:/],
    ['file:', { url: 'file:///etc/passwd' }, /file:/],
    ['the application’s own pages', { url: 'app://retrace/index.html' }, /app:/],
    ['plain http elsewhere', { url: 'http://example.com/' }, /https/],
    ['a link to file:', { url: 'file:///etc/passwd', disposition: 'foreground-tab' }, /file:/],
  ])('denies %s', (_what, change, notice) => {
    expect(judgePopup(request(change))).toEqual({ kind: 'deny', notice: expect.stringMatching(notice) });
  });
});
