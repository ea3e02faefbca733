import * as v from 'valibot';
import { LogError } from './errors.ts';
import { isInstant } from './instant.ts';
import type { Append, Json, ReadOptions, RedactionRequest } from './port.ts';

/** Deeper nesting than this is a mistake; PostgreSQL's own parser gives up at a depth that depends on its stack. */
const MAX_JSON_DEPTH = 100;

/**
 * Text that PostgreSQL can hold in every type: no U+0000 (`text` ends there) and no half of a surrogate pair (`jsonb` refuses
 * it). Refused on the way in, because one such event would break each later query that casts the data of all events.
 */
// eslint-disable-next-line no-control-regex -- U+0000 is the character that is looked for
const UNSTORABLE = /[\u0000\p{Surrogate}]/u;

export function isStorableText(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** Why `value` is not JSON that the log can give back as it was, or null when it is. */
export function flawOfJson(value: unknown, depth = 0): string | null {
  if (depth > MAX_JSON_DEPTH) return `is nested deeper than ${MAX_JSON_DEPTH} levels`;
  switch (typeof value) {
    case 'boolean':
      return null;
    case 'string':
      return isStorableText(value) ? null : 'holds a U+0000 or half of a surrogate pair';
    case 'number':
      return Number.isFinite(value) ? null : `holds ${value}, which JSON has no number for`;
    case 'object':
      break;
    default:
      return `holds a value of type ${typeof value}, which JSON cannot say`;
  }
  if (value === null) return null;
  if (!Array.isArray(value) && !isPlainObject(value)) return 'holds an object that is not plain';
  for (const [key, item] of Object.entries(value)) {
    const flaw = isStorableText(key)
      ? flawOfJson(item, depth + 1)
      : 'has a key with a U+0000 or half of a surrogate pair';
    if (flaw !== null) return flaw;
  }
  return null;
}

/** By shape, not by identity: objects that came from another realm (a worker, jest's sandbox) have their own `Object.prototype`. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** In the one form that comes back from PostgreSQL's `uuid`. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Of names that an index holds: its entries have 2,704 bytes at most. */
export const MAX_NAME_LENGTH = 512;

/** What single members of records must be, here and in the lines of an export. */
export const text = v.pipe(
  v.string(),
  v.check(isStorableText, 'must have no U+0000 and no half of a surrogate pair'),
);
export const name = v.pipe(
  text,
  v.minLength(1, 'must not be empty'),
  v.maxLength(MAX_NAME_LENGTH, `must have at most ${MAX_NAME_LENGTH} characters`),
);
export const uuid = v.pipe(v.string(), v.regex(UUID, 'must be a UUID in lower case'));
export const instant = v.pipe(
  v.string(),
  v.check(isInstant, 'must be an ISO 8601 time in UTC with milliseconds'),
);
export const count = v.pipe(v.number(), v.safeInteger('must be a whole number'), v.minValue(0));
export const schemaVersion = v.pipe(count, v.minValue(1), v.maxValue(32_767));

const json = v.pipe(
  v.custom<Record<string, Json>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    const flaw = dataset.typed ? flawOfJson(dataset.value) : null;
    if (flaw !== null) addIssue({ message: flaw });
  }),
);

const AppendSchema = v.strictObject({
  commandId: uuid,
  correlationId: name,
  causationId: v.nullable(name),
  actor: name,
  recordedAt: instant,
  appVersion: name,
  undoes: v.nullable(name),
  writes: v.pipe(
    v.array(
      v.strictObject({
        stream: name,
        expectation: v.variant('kind', [
          v.strictObject({ kind: v.literal('no-stream') }),
          v.strictObject({ kind: v.literal('stream-exists') }),
          v.strictObject({ kind: v.literal('exact'), version: count }),
          v.strictObject({ kind: v.literal('any') }),
        ]),
        events: v.pipe(
          v.array(
            v.strictObject({
              type: name,
              schemaVersion,
              data: json,
            }),
          ),
          v.minLength(1, 'must have at least one event'),
        ),
      }),
    ),
    v.minLength(1, 'must have at least one write'),
    v.check(
      (writes) => new Set(writes.map((write) => write.stream)).size === writes.length,
      'must name each stream once',
    ),
  ),
});

const ReadOptionsSchema = v.strictObject({
  direction: v.optional(v.picklist(['forward', 'backward'])),
  after: v.optional(count),
  before: v.optional(count),
  stream: v.optional(name),
  types: v.optional(v.array(name)),
  actors: v.optional(v.array(name)),
  recordedFrom: v.optional(instant),
  recordedBefore: v.optional(instant),
  limit: v.optional(count),
});

const RedactionSchema = v.strictObject({
  position: v.pipe(count, v.minValue(1)),
  replacement: json,
  reason: text,
  redactedAt: instant,
});

/** Throws `InvalidAppend` for an append that is malformed; what the types say is checked too, because input crosses them unproved. */
export function checkAppend(append: Append): void {
  check(AppendSchema, append, 'append');
}

/** Throws `InvalidAppend` for options that are malformed. */
export function checkReadOptions(options: ReadOptions): void {
  check(ReadOptionsSchema, options, 'read options');
}

/** Throws `InvalidAppend` for a redaction that is malformed. */
export function checkRedaction(redaction: RedactionRequest): void {
  check(RedactionSchema, redaction, 'redaction');
}

function check(schema: v.GenericSchema, value: unknown, what: string): void {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return;
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  throw new LogError(
    'InvalidAppend',
    `The ${what} is malformed: ${place === null ? '' : `${place} `}${issue.message}.`,
  );
}
