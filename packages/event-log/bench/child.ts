/*
 * One measurement in a process of its own: the request comes as the one argument, the result goes back over the channel. Built to
 * plain JavaScript first, so that neither a loader's time nor its memory is measured.
 */
import { appendInFlight, appendSequentially, conflictInFlight } from './tasks/appending.ts';
import { fillLog } from './tasks/filling.ts';
import { foldRaw, foldRetrace } from './tasks/folding.ts';
import { exportToFile, importFromFile } from './tasks/moving.ts';
import { openAndLook } from './tasks/opening.ts';

export const TASKS = {
  appendSequentially,
  appendInFlight,
  conflictInFlight,
  exportToFile,
  fillLog,
  foldRaw,
  foldRetrace,
  importFromFile,
  openAndLook,
};
export type Tasks = typeof TASKS;

const [task, parameters] = process.argv.slice(2);
// `measure` starts this process with the parameters of the task it names.
const run = TASKS[task as keyof Tasks] as (...given: readonly unknown[]) => Promise<unknown>;
const result = await run(...(JSON.parse(parameters ?? '[]') as unknown[]));
// A peer that does not answer would keep the process.
process.send?.({ result: result ?? null }, () => process.exit());
