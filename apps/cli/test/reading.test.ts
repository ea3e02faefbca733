import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareLog, type PreparedSessions } from './prepare-log.ts';
import { retrace, retraceJson, startRetrace } from './retrace-process.ts';

let directory: string;
let at: string;
let sessions: PreparedSessions;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'retrace-cli-'));
  at = `--user-data-dir=${directory}`;
  sessions = await prepareLog(directory);
});
afterAll(() => rm(directory, { recursive: true }));

const positions = (records: readonly unknown[]): unknown[] =>
  records.map((record) => (record as { position: number }).position);

describe('retrace log tail', () => {
  it('shows the newest events, one a line, the newest last', async () => {
    const { code, stdout, stderr } = await retrace('log', 'tail', '-n', '2', at);
    expect(stdout.trimEnd().split('\n')).toEqual([
      `       9  2026-11-22T09:00:08.000Z  user    SessionRenamed        ${sessions.play}  {"name":"Games","previousName":"Play"}`,
      `      10  2026-11-22T09:00:09.000Z  user    SessionDeleted        ${sessions.play}  {"nextActiveId":null}`,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each<[string, string[], number[]]>([
    ['types', ['--type=SessionCreated', '--type=SessionRenamed'], [1, 7, 9]],
    ['actors', ['--actor=page', '--lines=3'], [5, 6, 8]],
    ['times', ['--since=2026-11-22T09:00:03Z', '--until=2026-11-22T09:00:05Z'], [4, 5]],
    ['times without a zone, which are UTC', ['--since=2026-11-22 09:00:08'], [9, 10]],
    ['days', ['--until=2026-11-22'], []],
  ])('chooses by %s', async (_, words, expected) => {
    expect(positions(await retraceJson('log', 'tail', at, ...words))).toEqual(expected);
  });

  it('ends quietly, and with the log closed in order, when its reader has seen enough', async () => {
    const child = startRetrace('log', 'show', at);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stderr).toBe('');
    expect((await retrace('log', 'tail', '-n', '1', at)).code).toBe(0);
  });
});

describe('retrace log show', () => {
  it('shows all that an event says', async () => {
    const { stdout } = await retrace('log', 'show', '5', at);
    expect(stdout).toContain('type           SessionNavigated\n');
    expect(stdout).toContain(`stream         ${sessions.work}\n`);
    expect(stdout).toContain('  "url": "https://claude.ai/chat/2",\n');
  });

  it('gives an event as the log holds it', async () => {
    expect(await retraceJson('log', 'show', '10', at)).toEqual([
      expect.objectContaining({
        position: 10,
        type: 'SessionDeleted',
        version: 4,
        data: { sessionId: sessions.play, nextActiveId: null },
      }),
    ]);
  });

  it('gives the events of a session, the oldest first', async () => {
    expect(positions(await retraceJson('log', 'show', sessions.play, at))).toEqual([7, 8, 9, 10]);
  });

  it.each(['11', '0', 'no-such-stream'])('says that there is nothing at %s', async (what) => {
    const { code, stdout, stderr } = await retrace('log', 'show', what, at);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain(what);
  });
});

describe('retrace log stats', () => {
  it('counts what the log holds', async () => {
    expect(await retraceJson('log', 'stats', at)).toEqual([
      {
        head: 10,
        streams: 2,
        durability: 'power',
        bytes: expect.any(Number),
        byType: {
          SessionNavigated: 3,
          SessionCreated: 2,
          SessionPageDescribed: 2,
          SessionActivated: 1,
          SessionRenamed: 1,
          SessionDeleted: 1,
        },
        byActor: { user: 5, page: 5 },
        byDay: { '2026-11-22': 10 },
      },
    ]);
  });

  it('says it in columns', async () => {
    const { stdout } = await retrace('log', 'stats', at);
    expect(stdout).toMatch(/^events +10\n/);
    expect(stdout).toMatch(/^ {2}SessionNavigated +3$/m);
  });
});

describe('retrace sessions', () => {
  it('gives the table', async () => {
    expect(await retraceJson('sessions', at)).toEqual([
      {
        position: 10,
        activeSessionId: sessions.work,
        unread: 0,
        sessions: [expect.objectContaining({ id: sessions.work, name: 'Work', deletedAt: null })],
      },
    ]);
  });

  it('shows those in the trash when they are asked for', async () => {
    const { stdout } = await retrace('sessions', '--deleted', at);
    expect(stdout).toMatch(/^NAME +PROVIDER +STATE +LAST ACTIVE +ADDRESS +ID\n/);
    expect(stdout).toMatch(/^Work +claude +shown .* https:\/\/claude\.ai\/chat\/3 /m);
    expect(stdout).toMatch(/^Games +gemini +deleted /m);
  });
});
