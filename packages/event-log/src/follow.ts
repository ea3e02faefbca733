import { Observable } from 'rxjs';
import { LogError } from './errors.ts';
import type { EventLog, EventRecord } from './port.ts';

/**
 * Every record after `after`: those in the log, then each new one.
 *
 * Invariants:
 * 1. Each record is given once, in order of position, with no position left out.
 * 2. A slow catch-up holds no records back in memory: what is committed meanwhile is read from the log in its turn.
 *
 * Both are kept by one rule: a committed record is passed on only when it is the next one. Otherwise the log is read from the
 * last one given, until reading finds nothing new; that answer and the turn to live happen in one turn of the event loop.
 */
export function follow(
  log: Pick<EventLog, 'read' | 'committed$'>,
  after: number,
): Observable<readonly EventRecord[]> {
  return new Observable((subscriber) => {
    let last = after;
    let newest = after;
    let reading = false;

    const give = (records: readonly EventRecord[]): void => {
      const end = records.at(-1);
      if (end === undefined) return;
      last = end.position;
      subscriber.next(records);
    };

    const catchUp = async (): Promise<void> => {
      reading = true;
      do {
        for await (const chunk of log.read({ after: last })) {
          if (subscriber.closed) return;
          give(chunk);
        }
      } while (last < newest);
      reading = false;
    };

    const start = (): void => {
      catchUp().catch((error: unknown) => {
        // The end of the log ends its followers; it is no fault of theirs.
        if (error instanceof LogError && error.code === 'LogClosed') subscriber.complete();
        else subscriber.error(error);
      });
    };

    const subscription = log.committed$.subscribe({
      next: (records) => {
        newest = Math.max(newest, records.at(-1)?.position ?? 0);
        if (reading || newest <= last) return;
        if (records[0]?.position === last + 1) give(records);
        else start();
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
    subscriber.add(subscription);
    start();
  });
}
