import * as v from 'valibot';

/** A session's identity: a lower-case UUID, made once by the engine and never reused. */
export const SessionIdSchema = v.pipe(
  v.string(),
  v.regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    'A session id is a lower-case UUID.',
  ),
  v.brand('SessionId'),
);
export type SessionId = v.InferOutput<typeof SessionIdSchema>;

/**
 * An instant as an ISO 8601 string in UTC with milliseconds, e.g. `2026-11-22T09:00:00.000Z`.
 * Strings, not `Date`: they cross IPC, JSON and SQL unchanged and sort in time order.
 */
export const InstantSchema = v.pipe(v.string(), v.isoTimestamp('A time is an ISO 8601 timestamp in UTC.'));
export type Instant = v.InferOutput<typeof InstantSchema>;
