import { EVENT_TYPES, schemaVersionOf } from '@retrace/protocol';

/**
 * Raised by hand when the same events fold to another state. `fixtures/folded-<n>.json` is the state that version n folds from the
 * frozen records; the test beside this file fails when it is another.
 */
export const FOLD_VERSION = 2;

/**
 * Names the projection that state was folded by: how it folds, and what it can read. State of another projection is folded afresh,
 * because events that one had to leave unread may be read by the other.
 */
export const PROJECTION = [
  FOLD_VERSION,
  ...EVENT_TYPES.map((type) => `${type}@${schemaVersionOf(type)}`).sort(),
].join(' ');
