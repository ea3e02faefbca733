import { describe, expect, it } from '@jest/globals';
import { registerScheme, requestPatternFor, toExternalUrl, toInternalUrl } from './custom-schemes.ts';

registerScheme('app', { standard: true, secure: true });

describe('addresses of a custom scheme', () => {
  it.each([
    ['app://retrace/index.html', 'https://retrace.app.localhost/index.html'],
    ['app://retrace/a/b?c=d#e', 'https://retrace.app.localhost/a/b?c=d#e'],
    ['app://a.b/', 'https://a.b.app.localhost/'],
  ])('%s is %s to Chromium, and back', (external, internal) => {
    expect(toInternalUrl(external)).toBe(internal);
    expect(toExternalUrl(internal)).toBe(external);
  });

  it.each([
    'https://example.com/',
    'https://other.localhost/',
    'about:blank',
    'data:text/html,x',
    'mail://x/',
  ])('leaves %s alone', (url) => {
    expect(toInternalUrl(url)).toBe(url);
    expect(toExternalUrl(url)).toBe(url);
  });

  it('does not take a look-alike host for the scheme', () => {
    expect(toExternalUrl('https://retrace.app.localhost.evil.example/')).toBe(
      'https://retrace.app.localhost.evil.example/',
    );
    expect(toExternalUrl('https://retrace.app.localhost:8443/')).toBe('https://retrace.app.localhost:8443/');
  });

  it('names the requests to answer', () => {
    expect(requestPatternFor('app')).toEqual(['https://*.app.localhost/*', 'https://app.localhost/*']);
    expect(requestPatternFor('https')).toEqual(['https://*']);
  });
});
