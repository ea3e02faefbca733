import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { startCluster } from '../../src/pglite/cluster.ts';
import { installTemplate } from '../../src/pglite/template.ts';
import type { BenchEvent, OpenSubject, Place, Subject } from './subject.ts';

/** What is used of emmett's stores; they are not among the project's own packages. */
interface EventStore {
  appendToStream(
    stream: string,
    events: readonly BenchEvent[],
    options: { readonly expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ): Promise<unknown>;
  readonly schema: { migrate(): Promise<unknown> };
  close?(): Promise<void>;
}

interface SqliteConnection {
  command(sql: string): Promise<unknown>;
  close(): void;
}

interface EmmettSqlite {
  readonly sqliteConnection: (options: { fileName: string }) => SqliteConnection;
  readonly getSQLiteEventStore: (options: {
    fileName: string;
    pool: {
      withConnection<T>(work: (connection: SqliteConnection) => Promise<T>): Promise<T>;
      connection(): Promise<SqliteConnection>;
      close(): Promise<void>;
    };
  }) => EventStore;
}

function appending(store: EventStore): Pick<Subject, 'append'> {
  return {
    append: async (stream, version, event) => {
      const expectedStreamVersion = version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version);
      await store.appendToStream(stream, [event], { expectedStreamVersion });
    },
  };
}

/** A connection an append, as its own pool does it with files, with `synchronous` said on each. */
export const openEmmettSqlite: OpenSubject = async ({ directory, durability, peers }) => {
  const require = createRequire(join(peers, 'emmett-sqlite/package.json'));
  const { getSQLiteEventStore, sqliteConnection } = require('@event-driven-io/emmett-sqlite') as EmmettSqlite;
  const fileName = join(directory, 'emmett.db');
  const connection = async (): Promise<SqliteConnection> => {
    const opened = sqliteConnection({ fileName });
    await opened.command(`PRAGMA synchronous = ${durability === 'power' ? 'FULL' : 'OFF'}`);
    return opened;
  };
  const store = getSQLiteEventStore({
    fileName,
    pool: {
      connection,
      withConnection: async (work) => {
        const opened = await connection();
        try {
          return await work(opened);
        } finally {
          opened.close();
        }
      },
      close: () => Promise.resolve(),
    },
  });
  await store.schema.migrate();
  return { ...appending(store), close: () => Promise.resolve() };
};

interface SocketServer {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Over a socket to a PGlite in the same process, on the same file system class as ours. */
export const openEmmettPostgres: OpenSubject = async ({ directory, durability, peers }: Place) => {
  const require = createRequire(join(peers, 'emmett-postgresql/package.json'));
  const { getPostgreSQLEventStore } = require('@event-driven-io/emmett-postgresql') as {
    readonly getPostgreSQLEventStore: (connection: string) => EventStore;
  };
  const { PGLiteSocketServer } = require('@electric-sql/pglite-socket') as {
    PGLiteSocketServer: new (options: { db: PGlite; path: string; maxConnections: number }) => SocketServer;
  };
  const dataDirectory = join(directory, 'emmett');
  await installTemplate(join(process.cwd(), 'packages/event-log/dist/template.tar.gz'), dataDirectory);
  const { pg } = await startCluster({ dataDirectory, durability });
  // What our statements ask of the planner is not for its own.
  await pg.exec(
    `SET plan_cache_mode = auto; SET enable_seqscan = on; SET enable_hashjoin = on; SET enable_mergejoin = on`,
  );
  const server = new PGLiteSocketServer({
    db: pg,
    path: join(directory, '.s.PGSQL.5432'),
    maxConnections: 100,
  });
  await server.start();
  const store = getPostgreSQLEventStore(`postgresql://postgres@localhost/postgres?host=${directory}`);
  await store.schema.migrate();
  return {
    ...appending(store),
    close: async () => {
      await store.close?.();
      await server.stop();
      await pg.close();
    },
  };
};
