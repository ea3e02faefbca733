import { BroadcastChannel } from 'node:worker_threads';
import type { PgliteLog } from '../../src/pglite/pglite-log.ts';
import type { ScratchLogs } from '../../src/pglite/testing/scratch-log.ts';
import { FRAGILE_CHANNEL, type FragileOrder } from '../storage/fragile-channel.ts';
import { TABLES } from '../victim/job.ts';
import type { LogUnderTest } from './log-under-test.ts';

/** The log on PGlite over a storage that can be made to end or to fail; see `fragile-worker.ts`. */
export async function openFragileLog(
  scratch: ScratchLogs,
  directory: string,
): Promise<LogUnderTest & { readonly dispose: () => void }> {
  const channel = new BroadcastChannel(FRAGILE_CHANNEL);
  channel.unref();
  const workerUrl = new URL('../storage/fragile-worker.mjs', import.meta.url);
  const open = (): Promise<PgliteLog> => scratch.open(directory, { workerUrl, tables: TABLES });
  const subject = {
    log: await open(),
    reopen: async () => {
      await subject.log.close();
      return await open();
    },
    breakStorage: (order: FragileOrder) =>
      new Promise<void>((resolve) => {
        channel.onmessage = () => resolve();
        channel.postMessage(order);
      }),
    dispose: () => channel.close(),
  };
  return subject;
}
