import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openPgliteLog, type PgliteLog } from '../../src/index.ts';
import type { Append } from '../../src/port.ts';
import type { BenchDurability, BenchEvent, OpenSubject } from './subject.ts';

/** The log in a directory, opened as the application opens it. Run from the project's root. */
export function openLog(directory: string, durability: BenchDurability = 'power'): Promise<PgliteLog> {
  return openPgliteLog({
    directory,
    workerUrl: join(process.cwd(), 'packages/event-log/dist/log-worker.js'),
    template: join(process.cwd(), 'packages/event-log/dist/template.tar.gz'),
    durability,
    // A million events are filled in and taken out in bulk here, on a machine that may be busy.
    answerLimitMs: 60_000,
  });
}

export function appendOf(stream: string, version: number | 'any', events: readonly BenchEvent[]): Append {
  return {
    commandId: randomUUID(),
    correlationId: randomUUID(),
    causationId: null,
    actor: 'page',
    recordedAt: new Date().toISOString(),
    appVersion: '0.1.0',
    undoes: null,
    writes: [
      {
        stream,
        expectation: version === 'any' ? { kind: 'any' } : { kind: 'exact', version },
        events: events.map((event) => ({ ...event, schemaVersion: 1 })),
      },
    ],
  };
}

/** Our log: in a worker thread, each append told to the main thread. */
export const openRetrace: OpenSubject = async ({ directory, durability }) => {
  const log = await openLog(directory, durability);
  return {
    append: async (stream, version, event) => {
      await log.append(appendOf(stream, version, [event]));
    },
    close: () => log.close(),
  };
};
