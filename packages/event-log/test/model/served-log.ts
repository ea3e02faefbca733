import { openPostgresLog } from '../../src/postgres/postgres-log.ts';
import type { TestServer } from '../../src/postgres/testing/test-server.ts';
import type { EventLog } from '../../src/port.ts';
import { TABLES } from '../victim/job.ts';
import type { LogUnderTest } from './log-under-test.ts';

/** The log on a server. What ends or fails is its connections, whatever the order was. */
export async function openServedLog(server: TestServer): Promise<LogUnderTest> {
  const { connectionString } = server;
  const open = (): Promise<EventLog> => openPostgresLog({ connectionString, tables: TABLES, pollMs: 50 });
  const subject = {
    log: await open(),
    reopen: async () => {
      await subject.log.close();
      return await open();
    },
    breakStorage: () => server.cutConnections(),
  };
  return subject;
}
