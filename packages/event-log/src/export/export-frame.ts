import * as v from 'valibot';
import { count } from '../append-check.ts';
import type { ChainLink } from '../port.ts';

/** Raised when a reader of the older format would read the newer one wrongly. */
const FORMAT_VERSION = 1;

const Header = v.strictObject({
  format: v.literal('retrace-log'),
  version: v.literal(FORMAT_VERSION),
  events: count,
});
const End = v.strictObject({ end: count, chain: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });

/** How the last line begins, and no other. */
export const END_MARK = '{"end":';

/** The first line of an export. */
export function headerLine(events: number): string {
  return `${JSON.stringify({ format: 'retrace-log', version: FORMAT_VERSION, events } satisfies v.InferOutput<typeof Header>)}\n`;
}

/** How many events a first line says that there are; null for a line that is none. */
export function parseHeader(line: string): number | null {
  const header = parse(Header, line);
  return header !== null && headerLine(header.events) === `${line}\n` ? header.events : null;
}

/** The last line of an export. */
export function endLine({ position, hash }: ChainLink): string {
  return `${JSON.stringify({ end: position, chain: hash } satisfies v.InferOutput<typeof End>)}\n`;
}

/** The newest link of an export by its last line; null for a line that is none. */
export function parseEnd(line: string): ChainLink | null {
  const end = parse(End, line);
  if (end === null) return null;
  const link = { position: end.end, hash: end.chain };
  return endLine(link) === `${line}\n` ? link : null;
}

function parse<T>(schema: v.GenericSchema<unknown, T>, line: string): T | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    // Not JSON: the caller says what it is not.
    return null;
  }
}
