import { describeEventLogContract } from '../contract/index.ts';
import type { EventLog, TableSpec } from '../port.ts';
import { ScratchLogs } from './testing/scratch-log.ts';

const scratch = new ScratchLogs();
const directories = new Map<EventLog, string>();

async function open(directory: string, tables: readonly TableSpec[]): Promise<EventLog> {
  const log = await scratch.open(directory, { tables });
  directories.set(log, directory);
  return log;
}

describeEventLogContract('The log on PGlite', {
  open: async (tables) => await open(await scratch.directory(), tables),
  reopen: async (log, tables) => {
    await log.close();
    return await open(directories.get(log) ?? '', tables);
  },
  dispose: () => scratch.dispose(),
});
