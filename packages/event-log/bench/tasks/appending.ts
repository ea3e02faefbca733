import { setTimeout as pass } from 'node:timers/promises';
import { LogError } from '../../src/index.ts';
import { openBetterSqlite } from '../subjects/better-sqlite3.ts';
import { openEmmettPostgres, openEmmettSqlite } from '../subjects/emmett.ts';
import { openRawPglite } from '../subjects/raw-pglite.ts';
import { openRetrace } from '../subjects/retrace.ts';
import { benchEvent, type OpenSubject, type Place, type Subject } from '../subjects/subject.ts';

export const SUBJECTS = {
  retrace: openRetrace,
  'raw PGlite': openRawPglite,
  'raw better-sqlite3': openBetterSqlite,
  'emmett-sqlite': openEmmettSqlite,
  'emmett-postgresql': openEmmettPostgres,
} as const satisfies Record<string, OpenSubject>;
export type SubjectName = keyof typeof SUBJECTS;

const STREAMS = 8;
const WARM_UP = 100;
const APPENDS = 300;

/** Appends one after the other, to a few streams in turns, each expecting its stream's version. The time of each, in milliseconds. */
export async function appendSequentially(name: SubjectName, place: Place): Promise<number[]> {
  const subject = await SUBJECTS[name](place);
  const times: number[] = [];
  for (let number = 0; number < WARM_UP + APPENDS; number += 1) {
    const stream = `stream-${number % STREAMS}`;
    const event = benchEvent(stream, number);
    const begun = performance.now();
    await subject.append(stream, Math.floor(number / STREAMS), event);
    times.push(performance.now() - begun);
  }
  await subject.close();
  return times.slice(WARM_UP);
}

export const IN_FLIGHT = 64;
/** As many transactions as one after the other has, where a transaction takes half of what is in flight. */
const WARM_UP_ROUNDS = WARM_UP / 2;
const ROUNDS = APPENDS / 2;

/** What is not answered by then, as emmett-sqlite does not answer all, has failed. */
const FLIGHT_LIMIT_MS = 20_000;

export interface Flight {
  readonly perSecond: number;
  readonly failed: number;
  readonly failure: string | null;
}

/** Keeps 64 appends in flight, each for a stream of its own that it expects at its version. Those that fail are counted apart. */
export async function appendInFlight(name: SubjectName, place: Place): Promise<Flight> {
  const subject = await SUBJECTS[name](place);
  let [appended, failed] = [0, 0];
  let failure = 'no answer';
  let begun = 0;
  const fly = async (stream: string): Promise<void> => {
    let version = 0;
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
      try {
        await subject.append(stream, version, benchEvent(stream, version));
        version += 1;
        if (round >= WARM_UP_ROUNDS) appended += 1;
      } catch (error) {
        if (failed === 0) failure = String(error);
        failed += 1;
      }
      if (round === WARM_UP_ROUNDS - 1 && begun === 0) begun = performance.now();
    }
  };
  const flights = Promise.all(Array.from({ length: IN_FLIGHT }, (_, number) => fly(`stream-${number}`)));
  const limit = new AbortController();
  const inTime = await Promise.race([flights, pass(FLIGHT_LIMIT_MS, null, limit)]);
  const seconds = (performance.now() - begun) / 1000;
  limit.abort();
  if (inTime !== null) await subject.close();
  else failed = Math.max(failed, 1);
  return { perSecond: begun === 0 ? 0 : appended / seconds, failed, failure: failed === 0 ? null : failure };
}

/** Puts one append with a wrong expectation among each 64 in flight: how many of those, and of the others, were refused. */
export async function conflictInFlight(
  place: Place,
): Promise<{ caused: number; told: number; others: number }> {
  const subject = await openRetrace(place);
  let [caused, told, others] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const wrong = round % IN_FLIGHT;
    caused += 1;
    const refused = await Promise.all(
      Array.from({ length: IN_FLIGHT }, (_, number) =>
        isRefused(subject, `round-${round}-${number}`, number === wrong ? 7 : 0),
      ),
    );
    refused.forEach((isOne, number) => {
      if (isOne && number === wrong) told += 1;
      else if (isOne) others += 1;
    });
  }
  await subject.close();
  return { caused, told, others };
}

async function isRefused(subject: Subject, stream: string, version: number): Promise<boolean> {
  try {
    await subject.append(stream, version, benchEvent(stream, version));
    return false;
  } catch (error) {
    if (error instanceof LogError && error.code === 'ExpectationFailed') return true;
    throw error;
  }
}
