import { randomUUID } from 'node:crypto';
import type { Append, EventRecord, Expectation, NewEvent, ReadOptions, StreamWrite } from '../port.ts';
import type { EventLog } from '../port.ts';

export function sampleEvent(note: string, type = 'Noted'): NewEvent {
  return { type, schemaVersion: 1, data: { note } };
}

/** One event for one stream of its own, or what is said instead. */
export function sampleAppend(
  said: Partial<Append> & {
    readonly stream?: string;
    readonly expectation?: Expectation;
    readonly events?: readonly NewEvent[];
  } = {},
): Append {
  const {
    stream = randomUUID(),
    expectation = { kind: 'any' },
    events = [sampleEvent('one')],
    ...rest
  } = said;
  return {
    commandId: randomUUID(),
    correlationId: randomUUID(),
    causationId: null,
    actor: 'user',
    recordedAt: '2026-11-22T09:00:00.120Z',
    appVersion: '0.1.0',
    undoes: null,
    writes: [{ stream, expectation, events }],
    ...rest,
  };
}

export function write(stream: string, expectation: Expectation, ...notes: string[]): StreamWrite {
  return { stream, expectation, events: notes.map((note) => sampleEvent(note)) };
}

export async function recordsIn(log: EventLog, options?: ReadOptions): Promise<EventRecord[]> {
  const records: EventRecord[] = [];
  for await (const chunk of log.read(options)) records.push(...chunk);
  return records;
}

export function notesOf(records: readonly EventRecord[]): unknown[] {
  return records.map((record) => record.data['note']);
}

export function positionsOf(records: readonly EventRecord[]): number[] {
  return records.map((record) => record.position);
}

/** `from`, `from + 1`, … */
export function range(from: number, length: number): number[] {
  return Array.from({ length }, (_, index) => from + index);
}
