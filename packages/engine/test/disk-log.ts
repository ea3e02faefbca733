import type { PgliteLog } from '@retrace/event-log';
import { openPgliteLog } from '@retrace/event-log';
import { ENGINE_TABLES } from '../src/session-rows.ts';

/** Opens the real log in a directory, with the worker and the template that the build of event-log makes. */
export function openDiskLog(directory: string): Promise<PgliteLog> {
  const built = new URL('../../event-log/dist/', import.meta.url);
  return openPgliteLog({
    directory,
    workerUrl: new URL('log-worker.js', built),
    template: new URL('template.tar.gz', built),
    tables: ENGINE_TABLES,
  });
}
