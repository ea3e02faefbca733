import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { sampleAppend } from '../../src/contract/sample-append.ts';
import { createMemoryLog } from '../../src/memory/memory-log.ts';
import { ScratchLogs } from '../../src/pglite/testing/scratch-log.ts';
import { TestServer } from '../../src/postgres/testing/test-server.ts';
import { SEED } from '../storage/random.ts';
import { TABLES } from '../victim/job.ts';
import { openFragileLog } from './fragile-log.ts';
import { logSteps } from './log-commands.ts';
import { LogModel } from './log-model.ts';
import type { LogUnderTest, Run } from './log-under-test.ts';
import { openServedLog } from './served-log.ts';

/** Runs of up to forty steps each. */
const MEMORY_RUNS = Number(process.env['RETRACE_MODEL_RUNS'] ?? 1000);
const STORED_RUNS = Number(process.env['RETRACE_MODEL_RUNS'] ?? 200);

jest.setTimeout(120_000 + STORED_RUNS * 20_000);

/** Runs share a log, since opening one is dear; each has streams and commands of its own, and rows that were cleared. */
async function expectLikeModel(subject: LogUnderTest, runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(logSteps, async (steps) => {
      const before = await subject.log.head();
      const nothing = { table: 'notes', state: null, upserts: [], deletes: [], clear: true } as const;
      await subject.log.rows.write({ ...nothing, position: before });
      // Rows are not synced by themselves; an append takes what was written before it along.
      await subject.log.append(sampleAppend());
      const base = before + 1;
      const model = new LogModel(base, { position: before, state: null, rows: [] });
      const run: Run = { subject, model, id: crypto.randomUUID(), commandIds: new Map(), followers: [] };
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: run }), steps);
      } finally {
        for (const follower of run.followers) follower.end();
      }
    }),
    { seed: SEED, numRuns: runs },
  );
}

describe('a log does what a model of lists does, whatever it is asked', () => {
  it(`in memory, in ${MEMORY_RUNS} runs`, async () => {
    const log = createMemoryLog({ tables: TABLES });
    await expectLikeModel({ log, reopen: null, breakStorage: null }, MEMORY_RUNS);
    expect(await log.head()).toBeGreaterThan(MEMORY_RUNS);
  });

  it(`on PGlite, closed, opened and crashed between any two steps and inside them, in ${STORED_RUNS} runs`, async () => {
    const scratch = new ScratchLogs();
    const subject = await openFragileLog(scratch, await scratch.directory());
    try {
      await expectLikeModel(subject, STORED_RUNS);
      expect(await subject.log.head()).toBeGreaterThan(STORED_RUNS);
    } finally {
      await scratch.dispose();
      subject.dispose();
    }
  });

  it(`on a server that cuts its connections, in ${STORED_RUNS} runs`, async () => {
    const server = await TestServer.start();
    const subject = await openServedLog(server);
    try {
      await expectLikeModel(subject, STORED_RUNS);
      expect(await subject.log.head()).toBeGreaterThan(STORED_RUNS);
    } finally {
      await subject.log.close();
      await server.dispose();
    }
  });
});
