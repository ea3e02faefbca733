import { describe, expect, it } from '@jest/globals';
import { withoutSecrets } from './without-secrets.ts';

describe('withoutSecrets', () => {
  it.each([
    ['a query', 'failed https://example.com/in?code=secret', 'failed https://example.com/in'],
    ['a fragment', 'at https://example.com/#token=secret now', 'at https://example.com/ now'],
    ['user and password', 'https://me:secret@example.com/a', 'https://example.com/a'],
    [
      'two in one line',
      'http://127.0.0.1:1/a?b http://c.example/#d',
      'http://127.0.0.1:1/a http://c.example/',
    ],
    ['what is no URL', 'https://[/x?secret', 'https://[/x'],
    ['nothing from plain text', 'Is it? #1 of 2', 'Is it? #1 of 2'],
  ])('removes %s', (_what, text, expected) => {
    expect(withoutSecrets(text)).toBe(expected);
  });
});
