import { appendOf, openLog } from '../subjects/retrace.ts';
import { benchEvent } from '../subjects/subject.ts';

const STREAMS = 1000;
/** Events of one append: far more than a command has, so that a million are there in half a minute. */
const BATCH = 500;
const AT_ONCE = 4;

/** Makes a log of `count` events in a directory that does not exist: by appending them, so that it is as it would have become. */
export async function fillLog(directory: string, count: number): Promise<void> {
  const log = await openLog(directory, 'process');
  let number = 0;
  const fill = async (): Promise<void> => {
    while (number < count) {
      const stream = `stream-${(number / BATCH) % STREAMS}`;
      const events = Array.from({ length: Math.min(BATCH, count - number) }, (_, index) =>
        benchEvent(stream, number + index),
      );
      number += events.length;
      await log.append(appendOf(stream, 'any', events));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fill));
  await log.close();
}
