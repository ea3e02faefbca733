import { describe, expect, it } from '@jest/globals';
import { MAX_URL_LENGTH } from '@retrace/protocol';
import { boundedFavicon, boundedNavigation, boundedTitle, boundedUrl } from './page-report.ts';

describe('what a page may write into the log', () => {
  it('cuts a title', () => {
    expect(boundedTitle('x'.repeat(100_000))).toHaveLength(1_000);
  });

  it('takes out of a title what SQL cannot hold, and keeps every whole character', () => {
    expect(boundedTitle('a\u0000b\ud800c\n 👩‍🚀 é')).toBe('a b c  👩‍🚀 é');
    // The cut may go through a pair.
    expect(boundedTitle('x'.repeat(999) + '🚀')).toBe('x'.repeat(999));
  });

  it.each([
    ['a small picture', 'data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
    ['no address on the web', 'https://example.com/icon.png', null],
    ['nothing else in a data: URL', 'data:text/html,<script>', null],
    ['no large picture', 'data:image/png;base64,' + 'A'.repeat(100_000), null],
    ['nothing where there is none', null, null],
  ])('keeps of icons %s', (_, favicon, expected) => {
    expect(boundedFavicon(favicon)).toBe(expected);
  });

  it('keeps the origin of an address that is too long', () => {
    const long = 'https://example.com/?q=' + 'x'.repeat(MAX_URL_LENGTH);
    expect(boundedUrl(long)).toBe('https://example.com/');
    expect(boundedUrl('data:text/plain,' + 'x'.repeat(MAX_URL_LENGTH))).toBe('about:blank');
    expect(boundedUrl('https://example.com/path?q=1#f')).toBe('https://example.com/path?q=1#f');
  });

  it('bounds each entry of a list', () => {
    expect(
      boundedNavigation({ entries: [{ url: 'https://a.example/', title: '\u0000A ' }], index: 0 }),
    ).toEqual({
      entries: [{ url: 'https://a.example/', title: 'A' }],
      index: 0,
    });
  });
});
