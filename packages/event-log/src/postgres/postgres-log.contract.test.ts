import { afterAll, beforeAll } from '@jest/globals';
import { describeEventLogContract } from '../contract/index.ts';
import type { EventLog, TableSpec } from '../port.ts';
import { openPostgresLog } from './postgres-log.ts';
import { TestServer } from './testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});

afterAll(() => server.dispose());

const schemas = new Map<EventLog, string>();

/** Each log has a schema of its own on the one server. */
async function open(schema: string, tables: readonly TableSpec[]): Promise<EventLog> {
  const log = await openPostgresLog({ connectionString: server.connectionString, schema, tables });
  schemas.set(log, schema);
  return log;
}

describeEventLogContract('The log on a PostgreSQL server', {
  open: (tables) => open(`log_${schemas.size}`, tables),
  reopen: async (log, tables) => {
    await log.close();
    return await open(schemas.get(log) ?? '', tables);
  },
});
