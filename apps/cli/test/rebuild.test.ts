import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sessionsTable } from '@retrace/engine';
import { openLogIn, prepareLog } from './prepare-log.ts';
import { retrace, retraceJson } from './retrace-process.ts';

let directory: string;
let at: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'retrace-cli-'));
  at = `--user-data-dir=${directory}`;
  await prepareLog(directory);
});
afterAll(() => rm(directory, { recursive: true }));

describe('retrace rebuild', () => {
  it('finds the table of an undisturbed log the same', async () => {
    const { code, stdout } = await retrace('rebuild', at);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^2 sessions made anew from 10 events\. The table that was there, of position 10, was the same\.\nstate [0-9a-f]{64}\n$/,
    );
  });

  it('says that a table was wrong, and mends it', async () => {
    const [right] = await retraceJson('rebuild', at);
    const log = await openLogIn(directory);
    const stored = await log.rows.read(sessionsTable.name);
    await log.rows.write({
      table: sessionsTable.name,
      position: stored.position,
      state: stored.state,
      upserts: stored.rows.map((row) => ({ ...row, name: 'Somebody else' })),
      deletes: [],
    });
    await log.close();

    expect(await retraceJson('rebuild', at)).toEqual([
      expect.objectContaining({ before: { kind: 'different', position: 10 } }),
    ]);
    expect(await retraceJson('rebuild', at)).toEqual([right]);
  });
});
