import { ANY_VERSION, SOME_VERSION } from './wire.ts';

/** What an append says of each event, in the order that every append statement inserts it. */
export const EVENT_COLUMNS = `position, event_id, stream, version, type, schema_version, data,
    recorded_at, actor, command_id, correlation_id, causation_id, app_version, undoes, content_hash, chain`;

/** Whether a stream, with its version or NULL where it is not there, is as `expected`, in the terms of `PackedAppend`. */
export function isMet(version: string, expected: string): string {
  return `CASE ${expected}
    WHEN ${ANY_VERSION} THEN true
    WHEN ${SOME_VERSION} THEN ${version} IS NOT NULL
    ELSE coalesce(${version}, 0) = ${expected}
  END`;
}

/** Whether no append was made under a command id. */
export function isNew(commandId: string): string {
  return `NOT EXISTS (SELECT FROM events WHERE events.command_id = ${commandId} AND events.content_hash IS NOT NULL)`;
}
