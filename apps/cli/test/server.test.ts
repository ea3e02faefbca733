import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ENGINE_TABLES } from '@retrace/engine';
import type { EventLog } from '@retrace/event-log';
import { openPostgresLog } from '@retrace/event-log/postgres';
import { TestServer } from '../../../packages/event-log/src/postgres/testing/test-server.ts';
import { fillLog } from './prepare-log.ts';
import { retrace, retraceJson, startRetrace } from './retrace-process.ts';

let server: TestServer;
let log: EventLog;
let at: string;

beforeAll(async () => {
  server = await TestServer.start();
  log = await openPostgresLog({ connectionString: server.connectionString, tables: ENGINE_TABLES });
  at = `--log=${server.connectionString}`;
  await fillLog(log);
});
afterAll(async () => {
  await log.close();
  await server.dispose();
});

describe('retrace on a log on a server', () => {
  it('reads it while others have it open', async () => {
    expect(await retraceJson('sessions', at)).toMatchObject([{ position: 10, sessions: [{ name: 'Work' }] }]);
    expect(await retraceJson('log', 'stats', at)).toMatchObject([{ head: 10, bytes: null }]);
  });

  it('backs it up to a folder, from which it is restored where there is none, and gone on with where it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'retrace-cli-'));
    try {
      const [{ file }] = (await retraceJson('log', 'backup', folder, at)) as [{ file: string }];
      const elsewhere = `--user-data-dir=${join(folder, 'elsewhere')}`;
      expect(await retraceJson('log', 'restore', file, elsewhere)).toMatchObject([{ position: 10 }]);
      expect(await retraceJson('log', 'restore', file, at)).toMatchObject([
        { position: 10, keptAside: null },
      ]);
      expect((await retrace('log', 'restore', '--replace', file, at)).code).toBe(2);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('follows what others append, until Ctrl+C', async () => {
    const child = startRetrace('log', 'tail', '--follow', '-n', '1', '--type=Noted', '--json', at);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const note = async (place: number): Promise<void> => {
      await log.append({
        commandId: `00000000-0000-4000-8000-00000000000${place}`,
        correlationId: 'a',
        causationId: null,
        actor: 'user',
        recordedAt: '2026-11-22T10:00:00.000Z',
        appVersion: '0.1.0',
        undoes: null,
        writes: [
          {
            stream: 'notes',
            expectation: { kind: 'any' },
            events: [
              { type: 'Noted', schemaVersion: 1, data: { place } },
              { type: 'Forgotten', schemaVersion: 1, data: { place } },
            ],
          },
        ],
      });
    };
    const nextPlace = async (): Promise<unknown> => {
      const line: IteratorResult<string, unknown> = await lines.next();
      return (JSON.parse(String(line.value)) as { data: { place: number } }).data.place;
    };
    await note(1);
    expect(await nextPlace()).toBe(1);
    await note(2);
    expect(await nextPlace()).toBe(2);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
  });
});
