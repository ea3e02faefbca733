import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleAppend } from '../src/contract/sample-append.ts';
import { openPgliteLog, type PgliteLog } from '../src/index.ts';
import { startCluster } from '../src/pglite/cluster.ts';
import { installTemplate } from '../src/pglite/template.ts';
import { BUILT } from '../src/pglite/testing/scratch-log.ts';

/** One figure; the shape that `npm run bench` writes. */
export interface BenchRow {
  readonly id: string;
  readonly value: number;
  readonly limit: number | null;
  readonly better: 'lower' | 'higher';
  readonly unit: string;
  readonly versions: Readonly<Record<string, string>>;
}

const ROUNDS = 5;
const APPENDS_A_ROUND = 200;
const WARM_UP = 100;
const GROUP = 64;
const GROUPS = 60;

/** A raw table of the events' columns, with its primary key and nothing else. */
const RAW_TABLE = `CREATE TABLE raw (position bigint PRIMARY KEY, event_id uuid, stream text, version integer, type text,
  schema_version smallint, data json, recorded_at timestamptz, actor text, command_id uuid, correlation_id text,
  causation_id text, app_version text, undoes text)`;
const RAW_INSERT = 'INSERT INTO raw VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)';

/**
 * What an append costs beside a raw INSERT on the same file system class (synced, `power`), one after the other in turns, so
 * that a busy disk slows both; the median of each. Then what group commit, a first start and a scan give.
 */
export async function benchLog(): Promise<BenchRow[]> {
  const directory = await mkdtemp(join(tmpdir(), 'retrace-bench-'));
  try {
    const begun = performance.now();
    const log = await openPgliteLog({ directory: join(directory, 'log'), ...BUILT });
    const firstStart = performance.now() - begun;
    const ratio = await appendBesideInsert(log, join(directory, 'raw'));
    const grouped = await groupsASecond(log);
    const scanned = await scannedASecond(log);
    await log.close();

    const versions = { node: process.versions.node, pglite: await pgliteVersion() };
    const row = (id: string, value: number, unit: string, rest: Partial<BenchRow> = {}): BenchRow => ({
      id,
      value,
      limit: null,
      better: 'higher',
      unit,
      versions,
      ...rest,
    });
    return [
      row('one power-durable append ÷ one raw PGlite INSERT', ratio, 'ratio', {
        limit: 1.5,
        better: 'lower',
      }),
      row(`events appended, ${GROUP} at once`, grouped, 'events/s'),
      row('events read, all of them', scanned, 'events/s'),
      row('first start', firstStart, 'ms', { better: 'lower' }),
    ];
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function appendBesideInsert(log: PgliteLog, rawDirectory: string): Promise<number> {
  await installTemplate(BUILT.template, rawDirectory);
  const { pg } = await startCluster({ dataDirectory: rawDirectory, durability: 'power' });
  await pg.exec(RAW_TABLE);
  let position = 0;
  const insert = async (): Promise<void> => {
    const { commandId, correlationId, recordedAt, actor, appVersion, writes } = sampleAppend();
    const [write] = writes;
    const [event] = write?.events ?? [];
    position += 1;
    await pg.query(RAW_INSERT, [
      ...[position, crypto.randomUUID(), write?.stream, 1, event?.type, event?.schemaVersion, event?.data],
      ...[recordedAt, actor, commandId, correlationId, null, appVersion, null],
    ]);
  };
  const append = async (): Promise<void> => {
    await log.append(sampleAppend());
  };
  for (let n = 0; n < WARM_UP; n += 1) {
    await insert();
    await append();
  }
  const [inserts, appends]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let n = 0; n < APPENDS_A_ROUND; n += 1) {
      inserts.push(await timeOf(insert));
      appends.push(await timeOf(append));
    }
  }
  await pg.close();
  return median(appends) / median(inserts);
}

async function groupsASecond(log: PgliteLog): Promise<number> {
  const streams = Array.from({ length: GROUP }, () => crypto.randomUUID());
  const times: number[] = [];
  for (let n = 0; n < GROUPS; n += 1) {
    times.push(
      await timeOf(async () => {
        await Promise.all(streams.map((stream) => log.append(sampleAppend({ stream }))));
      }),
    );
  }
  return (GROUP / median(times)) * 1000;
}

async function scannedASecond(log: PgliteLog): Promise<number> {
  let count = 0;
  const time = await timeOf(async () => {
    for await (const chunk of log.read()) count += chunk.length;
  });
  return (count / time) * 1000;
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? NaN;
}

/** The version of PGlite that is measured. */
export async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const text = await readFile(join(entry, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
