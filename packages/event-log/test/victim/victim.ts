import { createReadStream, openSync, readFileSync, writeSync } from 'node:fs';
import { writeBackup } from '../../src/backup/write-backup.ts';
import { range, recordsIn, sampleAppend, sampleEvent } from '../../src/contract/sample-append.ts';
import { importLog } from '../../src/export/import-log.ts';
import { openPgliteLog, type PgliteLog } from '../../src/pglite/pglite-log.ts';
import { BUILT } from '../../src/pglite/testing/scratch-log.ts';
import type { Append, EventRecord } from '../../src/port.ts';
import { recordOperations, recordTo } from '../storage/recorder.ts';
import { judgeLog, type Verdict } from '../storage/verdict.ts';
import { receiptsIn, TABLES, told, type Job, type Told } from './job.ts';

/*
 * A process with the real log, which is ended while it works: by itself, by the recorder under its storage, or from outside. It writes
 * each receipt down before it goes on and says `told` then; an endless one first says `judged <verdict>` of what it found.
 */

// The one argument is written by run-victim.ts.
const job = JSON.parse(process.argv[2] ?? '') as Job;
const receipts = openSync(job.receipts, 'a');

/** Written when this returns: what is told after a kill was never told. */
function tell(events: readonly Told[]): void {
  writeSync(receipts, events.map((event) => `${JSON.stringify(told(event))}\n`).join(''));
  writeSync(1, 'told\n');
}

async function append(log: PgliteLog, said: Append): Promise<readonly EventRecord[]> {
  const { events } = await log.append(said);
  tell(events);
  return events;
}

/** One after the other, many at once, several streams in one, rows, and a snapshot. */
async function work(log: PgliteLog): Promise<void> {
  for (const n of range(1, 5)) {
    const events = [sampleEvent(`alone ${n}`)];
    const [event] = await append(log, sampleAppend({ stream: 'worked-on', events }));
    const row = { id: `${n % 3}`, body: 'x'.repeat(100) };
    const position = event?.position ?? 0;
    await log.rows.write({ table: 'notes', position, state: n, upserts: [row], deletes: [] });
  }
  await Promise.all(
    range(1, 20).map((n) => append(log, sampleAppend({ events: [sampleEvent(`together ${n}`)] }))),
  );
  const writes = range(1, 3).map((n) => ({
    stream: `several-${n}`,
    expectation: { kind: 'any' } as const,
    events: [sampleEvent(`${n} first`), sampleEvent(`${n} second`)],
  }));
  const [event] = await append(log, sampleAppend({ writes }));
  await log.snapshots.save('notes', event?.position ?? 0, { notes: 'x'.repeat(1000) });
}

/** So much that the log makes new segments of its write-ahead log, and a checkpoint. */
async function workMuch(log: PgliteLog): Promise<void> {
  const note = (): string => Array.from({ length: 2000 }, () => crypto.randomUUID()).join('');
  for (let round = 0; round < 18; round += 1) {
    await Promise.all(range(1, 16).map(() => append(log, sampleAppend({ events: [sampleEvent(note())] }))));
  }
}

/** Each step of it is acknowledged when its progress is told. */
async function importAll(log: PgliteLog): Promise<void> {
  let told = 0;
  const steps: number[] = [];
  const tellSteps = async (): Promise<void> => {
    for (const step of steps.splice(0)) {
      tell(await recordsIn(log, { after: told, before: step + 1 }));
      told = step;
    }
  };
  const source = async function* (): AsyncGenerator<string> {
    for await (const chunk of createReadStream(job.source ?? '', 'utf8')) {
      await tellSteps();
      // It was opened with an encoding.
      yield chunk as string;
    }
  };
  await importLog(log, source(), { onProgress: (position) => steps.push(position) });
  await tellSteps();
}

/** What an event says once it is told has been taken out: before that, it says one or the other. */
async function redactSome(log: PgliteLog): Promise<void> {
  for (const n of range(1, 4)) {
    const { events } = await log.append(sampleAppend({ events: [sampleEvent(`secret ${n}`)] }));
    const replacement = { note: `taken out ${n}` };
    for (const event of events) {
      const { position } = event;
      await log.redact({ position, replacement, reason: 'asked for', redactedAt: event.recordedAt });
      tell([{ ...event, data: replacement }]);
    }
  }
}

/** Alone and together by turns. */
async function workEndlessly(log: PgliteLog, early: boolean): Promise<never> {
  let position = await log.head();
  for (let round = 0; ; round += 1) {
    await Promise.all(
      range(1, round % 3 === 0 ? 8 : 1).map(async () => {
        position += 1;
        const said = sampleAppend({ events: [sampleEvent(`round ${round}`)] });
        const { commandId, writes } = said;
        const { stream = '', events: [{ type, data } = sampleEvent('')] = [] } = writes[0] ?? {};
        if (early) tell([{ position, stream, version: 1, type, data, commandId }]);
        const { events } = await log.append(said);
        if (!early) tell(events);
      }),
    );
  }
}

const { RETRACE_RECORD: record, RETRACE_RECORD_ROOT: root = '', RETRACE_DIE_AT: dieAt } = process.env;

/** Backups are made by this thread, the log's files by its worker. */
function recordBackups(): void {
  if (record === undefined) return;
  recordOperations({ root, before: recordTo(record, dieAt === undefined ? Infinity : Number(dieAt)) });
}

function open(): Promise<PgliteLog> {
  return openPgliteLog({
    directory: job.directory,
    template: BUILT.template,
    workerUrl:
      record === undefined || job.life === 'backup'
        ? BUILT.workerUrl
        : new URL('../storage/recorded-worker.mjs', import.meta.url),
    tables: TABLES,
    durability: job.durability,
  });
}

/** Says what an endless victim found, first of all whether the directory opens. */
async function openAndJudge(): Promise<PgliteLog> {
  const say = (verdict: Verdict): number => writeSync(1, `judged ${JSON.stringify(verdict)}\n`);
  const events = receiptsIn(readFileSync(job.receipts, 'utf8'));
  try {
    const log = await open();
    say(await judgeLog(log, { acknowledged: events.at(-1)?.position ?? 0, events, tables: TABLES }));
    return log;
  } catch (error) {
    say({ kind: 'inconsistent', why: String(error) });
    throw error;
  }
}

switch (job.life) {
  case 'work':
  case 'work-much': {
    const log = await open();
    await work(log);
    if (job.life === 'work-much') {
      await workMuch(log);
      await work(log);
    }
    process.kill(process.pid, 'SIGKILL');
    break;
  }
  case 'close': {
    const log = await open();
    await work(log);
    await log.close();
    break;
  }
  case 'import': {
    const log = await open();
    await importAll(log);
    await log.close();
    break;
  }
  case 'backup': {
    recordBackups();
    const log = await open();
    const directory = job.backups ?? '';
    await writeBackup(log, { directory, madeAt: new Date() });
    await work(log);
    await writeBackup(log, { directory, madeAt: new Date() });
    await log.close();
    break;
  }
  case 'redact': {
    const log = await open();
    await redactSome(log);
    await log.close();
    break;
  }
  case 'endless':
  case 'endless-early':
    await workEndlessly(await openAndJudge(), job.life === 'endless-early');
}
