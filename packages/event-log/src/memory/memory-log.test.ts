import { describeEventLogContract } from '../contract/index.ts';
import { createMemoryLog } from './memory-log.ts';

describeEventLogContract('The log in memory', {
  open: (tables) => Promise.resolve(createMemoryLog({ tables })),
});
