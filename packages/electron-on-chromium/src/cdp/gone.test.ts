import { describe, expect, it } from '@jest/globals';
import { CdpClosedError, CdpError } from './errors.ts';
import { ignoreGone, isGone } from './gone.ts';

describe('isGone', () => {
  it.each([
    new CdpClosedError('Page.enable'),
    new CdpError('Runtime.callFunctionOn', -32000, 'Cannot find context with specified id'),
    new CdpError('Page.enable', -32001, 'Session with given id not found.'),
  ])('knows %s', (error) => expect(isGone(error)).toBe(true));

  it('lets a real refusal through', () => {
    const refusal = new CdpError('Page.navigate', -32602, 'Invalid parameters');
    expect(() => ignoreGone(refusal)).toThrow(refusal);
  });
});
