import { BroadcastChannel, parentPort } from 'node:worker_threads';
import { serveLog } from '../../src/pglite/log-rpc.ts';
import { PgliteLogService } from '../../src/pglite/log-service.ts';
import { FRAGILE_CHANNEL, type FragileOrder } from './fragile-channel.ts';
import { isBoundary } from './operation.ts';
import { recordOperations } from './recorder.ts';

/* The log's worker on a storage that ends or fails when it is told to. */
let order: FragileOrder | null = null;
let done = 0;

recordOperations({
  root: '/',
  before: (operation) => {
    if (!isBoundary(operation) || order === null || order.kind === 'end') return;
    done += 1;
    if (done <= order.operations) return;
    if (order.kind === 'end-after') process.exit(1);
    throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  },
});

const channel = new BroadcastChannel(FRAGILE_CHANNEL);
channel.onmessage = (message) => {
  // Written by fragile-log.ts.
  order = (message as { readonly data: FragileOrder }).data;
  done = 0;
  channel.postMessage('heard');
  if (order.kind === 'end') process.exit(1);
};
channel.unref();

if (parentPort === null) throw new Error('This file is the entry of a worker thread.');
serveLog(parentPort, (listener) => new PgliteLogService(listener));
