-- A log as the first release wrote it: frozen, never to be edited.
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
  content_hash bytea
);
CREATE UNIQUE INDEX events_stream_version ON events (stream, version);
CREATE UNIQUE INDEX events_command ON events (command_id) WHERE content_hash IS NOT NULL;
CREATE TABLE log_head (position bigint NOT NULL);
INSERT INTO log_head VALUES (0);
CREATE TABLE projections (
  name text PRIMARY KEY,
  spec text NOT NULL,
  position bigint NOT NULL,
  state json NOT NULL
);
CREATE TABLE log_schema (version integer NOT NULL);
INSERT INTO log_schema VALUES (1);
INSERT INTO events VALUES
(1, '01a203ec-45f7-7685-ba89-a7dfeb1ba4ad', 'folder-1', 1, 'Made', 1, '{"name":"żółw 🐢"}', '2026-11-01 09:00:00.101+00', 'user', '0190b5a0-0000-7000-8000-000000000001', 'action-1', NULL, '0.1.0', NULL, E'\\x3daf0c54f0459892910d94299c72d4997f3c57fc7812e857efef93fafa4078b0'),
(2, '01a203ec-4625-746f-821d-8c8f66ceece1', 'folder-1', 2, 'Named', 2, E'{"name":"\\"q\\" \\\\ \\n","list":[1,null,1e+300,{}]}', '2026-11-02 09:00:00.202+00', 'page', '0190b5a0-0000-7000-8000-000000000002', 'action-2', 'cause', '0.1.0', NULL, E'\\x6d249b00d6fb74558a233bd7b3e08ffaf7421977387c7ce5a63d92596c4bb627'),
(3, '01a203ec-4625-746f-821d-93534ef157e5', 'folder-1', 3, 'Closed', 1, '{}', '2026-11-02 09:00:00.202+00', 'page', '0190b5a0-0000-7000-8000-000000000002', 'action-2', 'cause', '0.1.0', NULL, NULL),
(4, '01a203ec-4625-746f-821d-955ecbb4b560', 'a “stream”, {odd}', 1, 'Odd,"Type"', 1, '{"b":1,"a":2}', '2026-11-02 09:00:00.202+00', 'page', '0190b5a0-0000-7000-8000-000000000002', 'action-2', 'cause', '0.1.0', NULL, NULL),
(5, '01a203ec-462d-7263-8166-23271f4a2fd4', 'folder-1', 4, 'Opened', 1, '{}', '2026-11-03 00:00:00+00', 'user', '0190b5a0-0000-7000-8000-000000000003', 'action-3', NULL, '0.1.0', 'action-2', E'\\x97f11d437e1bd2807b44f7b95f4856493ca03ab4215cefb7943cdeaa3dbed20c'),
(6, '01a203ec-4635-747a-8f17-f38f872e2a9f', 'folder-2', 1, 'Made', 1, '{"name":""}', '2026-11-04 09:00:00.404+00', 'user', '0190b5a0-0000-7000-8000-000000000004', 'action-4', NULL, '0.1.0', NULL, E'\\x93858c00d76a1e6f9ebdb0a9f1d7ad20cc5a6bd639308e4c927d6624823c6991');
UPDATE log_head SET position = 6;
