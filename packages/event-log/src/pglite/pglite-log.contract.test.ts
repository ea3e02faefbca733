import { describeEventLogContract } from '../contract/index.ts';
import { ScratchLogs } from './testing/scratch-log.ts';

const scratch = new ScratchLogs();
let directory = '';

describeEventLogContract('The log on PGlite', {
  open: async (tables) => {
    directory = await scratch.directory();
    return await scratch.open(directory, { tables });
  },
  reopen: async (log, tables) => {
    await log.close();
    return await scratch.open(directory, { tables });
  },
  dispose: () => scratch.dispose(),
});
