/** Raised when the log's own tables change; a cluster with a greater one was written by a newer Retrace. */
export const SCHEMA_VERSION = 2;

/** Since schema 2. */
const REDACTIONS_SQL = `CREATE TABLE redactions (
  position bigint PRIMARY KEY REFERENCES events,
  data_hash bytea NOT NULL,
  redacted_at timestamptz NOT NULL,
  reason text NOT NULL,
  seal bytea NOT NULL
);`;

/**
 * The log's own tables.
 *
 * `events` has three indexes and no more, since each costs every append: the position, the stream's versions (they also stop two
 * events from sharing a version), and the command id on the first event of each append (`content_hash` is set there only).
 * `data` is `json`, not `jsonb`: it comes back as it was written. `log_head` has the one row that positions are taken from,
 * with the newest hash of the chain: `events.chain` is the chain's hash up to and with that event. `redactions` has, of each event
 * whose data was erased, the hash of what it said; with it the chain can still be followed.
 */
export const SCHEMA_SQL = `
CREATE TABLE events (
  position bigint PRIMARY KEY,
  event_id uuid NOT NULL,
  stream text NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  schema_version smallint NOT NULL,
  data json NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor text NOT NULL,
  command_id uuid NOT NULL,
  correlation_id text NOT NULL,
  causation_id text,
  app_version text NOT NULL,
  undoes text,
  content_hash bytea,
  chain bytea NOT NULL
);
CREATE UNIQUE INDEX events_stream_version ON events (stream, version);
CREATE UNIQUE INDEX events_command ON events (command_id) WHERE content_hash IS NOT NULL;
CREATE TABLE log_head (position bigint NOT NULL, chain bytea NOT NULL);
INSERT INTO log_head VALUES (0, decode(repeat('00', 32), 'hex'));
${REDACTIONS_SQL}
CREATE TABLE projections (
  name text PRIMARY KEY,
  spec text NOT NULL,
  position bigint NOT NULL,
  state json NOT NULL
);
CREATE TABLE log_schema (version integer NOT NULL);
INSERT INTO log_schema VALUES (${SCHEMA_VERSION});
`;
