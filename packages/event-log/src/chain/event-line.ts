import * as v from 'valibot';
import { count, instant, name, schemaVersion, text, uuid } from '../append-check.ts';
import type { ChainedEvent } from './chained-event.ts';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case'));
const number = v.pipe(count, v.minValue(1));

/** The members before the data, in the order in which a line has them. */
const BeforeData = v.strictObject({
  position: number,
  eventId: uuid,
  stream: name,
  version: v.pipe(number, v.maxValue(0x7fff_ffff)),
  type: name,
  schemaVersion,
  recordedAt: instant,
  actor: name,
  commandId: uuid,
  correlationId: name,
  causationId: v.nullable(name),
  appVersion: name,
  undoes: v.nullable(name),
  contentHash: v.nullable(hash),
  redaction: v.nullable(v.strictObject({ dataHash: hash, redactedAt: instant, reason: text, seal: hash })),
  chain: hash,
});

/**
 * An event as a line of an export. The data comes last and as it was written, so that a reader can hash its text without parsing
 * it: it lies between the first `,"data":` (a quote within a text has a backslash before it) and the last `}`.
 */
export function eventLine(event: ChainedEvent): string {
  const members = {
    position: event.position,
    eventId: event.eventId,
    stream: event.stream,
    version: event.version,
    type: event.type,
    schemaVersion: event.schemaVersion,
    recordedAt: event.recordedAt,
    actor: event.actor,
    commandId: event.commandId,
    correlationId: event.correlationId,
    causationId: event.causationId,
    appVersion: event.appVersion,
    undoes: event.undoes,
    contentHash: event.contentHash,
    redaction: event.redaction,
    chain: event.chain,
  } satisfies v.InferOutput<typeof BeforeData>;
  return `${JSON.stringify(members).slice(0, -1)}${DATA}${event.data}}\n`;
}

const DATA = ',"data":';

/** The event of a line, without its line feed, or why it is none. There is one way to write an event; any other is refused. */
export function parseEventLine(line: string): { readonly event: ChainedEvent } | { readonly flaw: string } {
  const start = line.indexOf(DATA);
  if (start === -1) return { flaw: 'it is no line of an event' };
  let members: unknown;
  try {
    members = JSON.parse(`${line.slice(0, start)}}`);
  } catch {
    return { flaw: 'it is not JSON' };
  }
  const parsed = v.safeParse(BeforeData, members, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { flaw: `its ${v.getDotPath(issue) ?? 'line'} ${issue.message}` };
  }
  const event = { ...parsed.output, data: line.slice(start + DATA.length, -1) };
  if (eventLine(event) !== `${line}\n`)
    return { flaw: 'it is written in another way than an export writes it' };
  return { event };
}
