import { afterAll, beforeAll } from '@jest/globals';
import { describeEventLogContract } from '../contract/index.ts';
import { openPostgresLog } from './postgres-log.ts';
import { TestServer } from './testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});

afterAll(() => server.dispose());

describeEventLogContract('The log on a PostgreSQL server', {
  open: (tables) => openPostgresLog({ connectionString: server.connectionString, tables }),
  reopen: async (log, tables) => {
    await log.close();
    return await openPostgresLog({ connectionString: server.connectionString, tables });
  },
});
