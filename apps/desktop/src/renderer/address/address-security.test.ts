import { describe, expect, it } from '@jest/globals';
import { addressSecurity } from './address-security.ts';

describe('addressSecurity', () => {
  it.each([
    ['https://claude.ai/new', 'encrypted'],
    ['http://127.0.0.1:8080/', 'this-computer'],
    ['http://site.localhost/', 'this-computer'],
    ['http://127.0.0.1.example.com/', 'not-encrypted'],
    ['about:blank', 'none'],
    ['', 'none'],
  ])('judges %j as %s', (address, security) => {
    expect(addressSecurity(address)).toBe(security);
  });
});
