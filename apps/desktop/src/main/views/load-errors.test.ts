import { describe, expect, it } from '@jest/globals';
import { loadErrorSentence } from './load-errors.ts';

describe('loadErrorSentence', () => {
  it('says nothing of a load that was stopped', () => {
    expect(loadErrorSentence(-3, 'ERR_ABORTED')).toBeNull();
  });

  it.each([
    [-102, 'ERR_CONNECTION_REFUSED', /refused/],
    [-105, 'ERR_NAME_NOT_RESOLVED', /no site/],
    [-106, 'ERR_INTERNET_DISCONNECTED', /offline/],
    [-202, 'ERR_CERT_AUTHORITY_INVALID', /certificate/],
  ])('says %d in a sentence', (code, description, expected) => {
    expect(loadErrorSentence(code, description)).toMatch(expected);
  });

  it('names an error it does not know', () => {
    expect(loadErrorSentence(-999, 'ERR_OF_THE_FUTURE')).toContain('ERR_OF_THE_FUTURE');
    expect(loadErrorSentence(-999, '')).toContain('-999');
  });
});
