import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { desktopIdentity } from './desktop-identity.ts';

describe('desktopIdentity', () => {
  let userData = '';
  beforeEach(async () => {
    userData = await mkdtemp(join(tmpdir(), 'retrace-desktop-'));
  });
  afterEach(() => rm(userData, { recursive: true }));

  it('is made once and stays, with the name of the machine', async () => {
    const first = await desktopIdentity(userData);
    expect(first.name).toBe(hostname());
    expect(await desktopIdentity(userData)).toEqual(first);
  });

  it('is not made anew where it cannot be read', async () => {
    await writeFile(join(userData, 'desktop-id'), 'broken');
    await expect(desktopIdentity(userData)).rejects.toThrow();
  });
});
