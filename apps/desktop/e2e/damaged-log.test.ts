import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './app/eventually.ts';
import { expectVisible } from './app/expect-visible.ts';
import { newUserData, removeUserData, Retrace } from './app/retrace.ts';

describe('an application whose log was damaged while it was closed', () => {
  let userData: string;
  let retrace: Retrace;

  beforeAll(async () => {
    userData = await newUserData();
    const first = await Retrace.launch({ userData });
    await first.api.sessions('create', { provider: 'custom', name: 'Backed up' });
    await first.quit();

    // A start that finds no backup makes one.
    const second = await Retrace.launch({ userData });
    await eventually(async () => {
      const [name = ''] = await readdir(join(userData, 'backups'));
      if (!name.startsWith('2')) throw new Error('There is no finished backup yet.');
    });
    await second.api.sessions('create', { provider: 'custom', name: 'Too young' });
    await second.quit();

    await truncate(join(userData, 'log/pg18/global/pg_control'), 100);
    retrace = await Retrace.launch({ userData });
  });
  afterAll(async () => {
    await retrace.quit();
    await removeUserData(userData);
  });

  it('says that the log was rebuilt, and what is missing', async () => {
    const notice = retrace.window.getByText(/rebuilt from the backup .* What happened after .* is missing/);
    await expectVisible(notice.first());
  });

  it('has the sessions that the backup has', async () => {
    const { sessions } = await retrace.api.sessions('list', true);
    expect(sessions.map(({ name }) => name)).toEqual(['Backed up']);
  });

  it('has kept the damaged log beside', async () => {
    expect(await readdir(join(userData, 'log'))).toContainEqual(expect.stringMatching(/^pg18\.damaged-/));
  });
});
