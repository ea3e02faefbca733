import type { EventType } from './events.ts';

/** An event's data, whatever its version. */
export type StoredData = Readonly<Record<string, unknown>>;

/** Leads the data of an event from one schema version to the next. Pure: it has no other facts than the data. */
export type Upcaster = (data: StoredData) => StoredData;

/**
 * How events of older versions are read: for each type, the steps from version 1 to 2, from 2 to 3, and so on. The type is
 * written at the version that the last step leads to. Steps are only ever added: events in the log never change, and every version
 * that was released can be read for ever.
 */
export const UPCASTERS: Readonly<Record<EventType, readonly Upcaster[]>> = {
  SessionCreated: [],
  SessionActivated: [],
  SessionNavigated: [],
  SessionPageDescribed: [],
  SessionRenamed: [],
  SessionSlept: [],
  SessionWoken: [],
  SessionDeleted: [],
  SessionRestored: [],
  SessionClaimed: [],
  ViewCrashed: [],
};

/** The schema version that a type is written with today. */
export function schemaVersionOf(type: EventType): number {
  return newestVersion(UPCASTERS[type]);
}

/** The version that a type's steps lead to. */
export function newestVersion(steps: readonly Upcaster[]): number {
  return steps.length + 1;
}

/**
 * Data of `version` as the newest version has it, or null where `version` is none that the steps know: a later one, from a
 * newer Retrace.
 *
 * Invariants:
 * 1. Data takes every step from its own version on, in order, and none before.
 * 2. Data of the newest version comes back untouched.
 */
export function upcast(steps: readonly Upcaster[], version: number, data: StoredData): StoredData | null {
  if (version === newestVersion(steps)) return data;
  if (!Number.isInteger(version) || version < 1 || version > newestVersion(steps)) return null;
  return steps.slice(version - 1).reduce((older, step) => step(older), data);
}
