import { describe, expect, it, jest } from '@jest/globals';
import { randomOf, SEED } from '../storage/random.ts';
import { Tally } from '../storage/tally.ts';
import { exportToImport, logOfKilledProcess, logOfSchema1, noLog } from './preparations.ts';
import { judgeBackups } from './judge-backups.ts';
import { sweep, type Sweep } from './sweep.ts';

/** How many boundaries of each life; `Infinity` for all of them, some hours. */
const BOUNDARIES = Number(process.env['RETRACE_BOUNDARIES'] ?? 6);

jest.setTimeout(BOUNDARIES === Infinity ? 24 * 3_600_000 : 120_000 + BOUNDARIES * 30_000);

describe('a process that ends in place of any one of its storage operations', () => {
  it.each<Pick<Sweep, 'prepare' | 'swept' | 'judgeMore'> & { readonly what: string }>([
    { what: 'first start, appends, rows, snapshot, checkpoint on closing', prepare: noLog, swept: 'close' },
    { what: 'recovery, its checkpoint, appends, closing', prepare: logOfKilledProcess, swept: 'close' },
    { what: 'upgrade from the first schema', prepare: logOfSchema1, swept: 'close' },
    { what: 'import', prepare: exportToImport, swept: 'import' },
    { what: 'backup', prepare: logOfKilledProcess, swept: 'backup', judgeMore: judgeBackups },
    { what: 'redaction', prepare: logOfKilledProcess, swept: 'redact' },
  ])('leaves all that was acknowledged: $what', async ({ what, ...life }) => {
    const tally = new Tally(`crash sweep of ${what}`);
    const boundaries = await sweep({ ...life, count: BOUNDARIES, random: randomOf(SEED), tally });
    console.info(`${String(tally)} | boundaries: ${boundaries}`);
    expect(tally.faults).toEqual([]);
    expect(tally.judged).toBe(Math.min(BOUNDARIES, boundaries));
  });
});
