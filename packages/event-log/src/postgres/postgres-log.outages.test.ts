import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { positionsOf, range, recordsIn, sampleAppend } from '../contract/index.ts';
import type { LogError } from '../errors.ts';
import type { Append, EventLog } from '../port.ts';
import { openPostgresLog, type PostgresLogOptions } from './postgres-log.ts';
import { CERTIFICATE, TestServer } from './testing/test-server.ts';

let server: TestServer;
const logs: EventLog[] = [];

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.dispose());
afterEach(async () => {
  await Promise.all(logs.splice(0).map((log) => log.close()));
});

async function open(said: Partial<PostgresLogOptions> = {}): Promise<EventLog> {
  const log = await openPostgresLog({ connectionString: server.connectionString, ...said });
  logs.push(log);
  return log;
}

/** Appends one after the other until `stop`, repeating under its command id what the log did not answer. */
class Appending {
  readonly acknowledged: number[] = [];
  readonly codes = new Set<string>();
  #stopped = false;
  readonly #done: Promise<void>;

  constructor(private readonly log: EventLog) {
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async reached(count: number): Promise<void> {
    while (this.acknowledged.length < count) await this.#next;
  }

  #next: Promise<unknown> = Promise.resolve();

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const next = this.#append(sampleAppend({ stream: 'load' }));
      this.#next = next;
      this.acknowledged.push(await next);
    }
  }

  async #append(append: Append): Promise<number> {
    for (;;) {
      try {
        return (await this.log.append(append)).events[0]?.position ?? 0;
      } catch (error) {
        const { code } = error as LogError;
        this.codes.add(code);
        if (code !== 'LogTimeout' && code !== 'LogUnreachable') throw error;
      }
    }
  }
}

describe('a server that fails while several append and follow', () => {
  it.each<[string, () => Promise<void>]>([
    ['whose connections are cut', () => server.cutConnections()],
    [
      'that is restarted',
      async () => {
        await server.halt();
        await server.launch();
      },
    ],
    [
      'that crashes and recovers',
      async () => {
        await server.crash();
        await server.launch();
      },
    ],
  ])(
    '%s: appends once what is repeated under its command id, and loses and repeats nothing',
    async (_what, fail) => {
      const notices: string[] = [];
      const [one, other, follower] = [
        await open(),
        await open(),
        await open({ onNotice: (n) => notices.push(n) }),
      ];
      const before = await follower.head();
      const given: number[] = [];
      follower.follow(before).subscribe((records) => given.push(...positionsOf(records)));
      const appending = [new Appending(one), new Appending(other)];

      for (const round of range(1, 3)) {
        await Promise.all(appending.map((load) => load.reached(round * 20)));
        await fail();
      }
      await Promise.all(appending.map((load) => load.reached(100)));
      await Promise.all(appending.map((load) => load.stop()));

      const acknowledged = appending.flatMap((load) => load.acknowledged).sort((a, b) => a - b);
      const head = await follower.head();
      expect(acknowledged).toEqual(range(before + 1, head - before));
      // One more, so that what is given has an end to wait for.
      const { events } = await follower.append(sampleAppend());
      expect(given).toEqual(range(before + 1, head - before + 1));
      expect(events[0]?.position).toBe(head + 1);
      expect(positionsOf(await recordsIn(follower, { after: before }))).toEqual(given);
      expect(notices[0]).toMatch(/lost/);
      expect(notices.at(-1)).toMatch(/is back/);
    },
  );

  it('tells those who wait too long that it cannot be reached, and goes on when it is back', async () => {
    let back: () => void;
    const isBack = new Promise<void>((resolve) => (back = resolve));
    const log = await open({
      answerLimitMs: 300,
      onNotice: (notice) => {
        if (notice.includes('is back')) back();
      },
    });
    const { events } = await log.append(sampleAppend());
    await server.halt();
    await expect(log.append(sampleAppend())).rejects.toMatchObject({
      code: expect.stringMatching(/^Log(Unreachable|Timeout)$/),
    });
    await expect(log.head()).rejects.toMatchObject({ code: 'LogUnreachable' });
    await server.launch();
    await isBack;
    await expect(log.append(sampleAppend())).resolves.toMatchObject({
      events: [{ position: (events[0]?.position ?? 0) + 1 }],
    });
  });
});

describe('what a receipt says of durability', () => {
  it.each([
    ['power', []],
    ['process', ['fsync=off']],
    ['memory', ['synchronous_commit=off']],
  ] as const)('%s on a server with %j', async (durability, settings) => {
    const log = await open();
    await server.halt();
    await server.launch(...settings);
    await log.head();
    await expect(log.append(sampleAppend())).resolves.toMatchObject({ durability });
    await server.halt();
    await server.launch();
  });
});

describe('a connection by TLS', () => {
  beforeAll(async () => {
    await server.halt();
    await server.launch(...(await server.tlsSettings()));
  });

  it('is encrypted, and checks who answers, with sslmode=verify-full', async () => {
    const query = `?sslmode=verify-full&sslrootcert=${fileURLToPath(CERTIFICATE)}`;
    await open({ connectionString: server.connectionString + query });
    const connections = await server.query(
      `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'retrace'`,
    );
    expect(connections).toEqual([{ ssl: true }, { ssl: true }]);
  });

  it('is refused to a server that nobody vouches for', async () => {
    await expect(
      open({ connectionString: `${server.connectionString}?sslmode=verify-full` }),
    ).rejects.toMatchObject({ code: 'LogUnreachable', message: expect.stringContaining('certificate') });
  });
});

describe('a log that is not opened', () => {
  it('where there is no server', async () => {
    const connectionString = 'postgres://retrace@127.0.0.1:1/postgres';
    await expect(openPostgresLog({ connectionString })).rejects.toMatchObject({ code: 'LogUnreachable' });
  });

  it('where the server does not let the user in', async () => {
    const connectionString = server.connectionString.replace('retrace', 'stranger');
    await expect(openPostgresLog({ connectionString })).rejects.toMatchObject({
      code: 'LogUnreachable',
      message: expect.stringContaining('stranger'),
    });
  });

  it('where a newer version has written it', async () => {
    const log = await open({ schema: 'newer' });
    await log.append(sampleAppend());
    await server.query('UPDATE newer.log_schema SET version = version + 1');
    await expect(open({ schema: 'newer' })).rejects.toMatchObject({ code: 'LogIncompatible' });
  });
});
