import { checkReadOptions } from '../append-check.ts';
import { recordsFrom } from '../pglite/read-statement.ts';
import type { Chunk, ChunkQuery } from '../pglite/wire.ts';
import type { EventRecord, ReadOptions } from '../port.ts';
import { CHUNK_LENGTH } from '../read-chunks.ts';

/** What a chunk of records may weigh, as JSON: parsing it must not hold the main thread up for a frame. */
const CHUNK_TEXT_LENGTH = 256 * 1024;

/**
 * Reads the log chunk by chunk, for `EventLog.read`. Throws `InvalidAppend` for options that are malformed.
 *
 * While the reader uses a chunk, the next one is asked for. What was asked ahead counts only where it is a whole chunk: at the end of
 * the log it would leave out what was appended since, and an error is met again by asking again.
 */
export async function* readInChunks(
  options: ReadOptions,
  ask: (query: ChunkQuery) => Promise<Chunk>,
): AsyncGenerator<readonly EventRecord[]> {
  checkReadOptions(options);
  const { limit = Infinity, ...filter } = options;
  let left = limit;
  let length = CHUNK_LENGTH / 8;
  let query: ChunkQuery = { ...filter, limit: Math.min(length, left) };
  let ahead: Promise<Chunk | null> = Promise.resolve(null);

  while (left > 0) {
    const chunk = (await ahead) ?? (await ask(query));
    if (chunk.length === 0) return;
    const whole = chunk.length === query.limit;
    left -= chunk.length;
    const fitting = Math.floor((CHUNK_TEXT_LENGTH / chunk.records.length) * chunk.length);
    length = Math.max(1, Math.min(CHUNK_LENGTH, fitting));
    const bound = options.direction === 'backward' ? { before: chunk.last } : { after: chunk.last };
    query = { ...filter, ...bound, limit: Math.min(length, left) };
    if (whole && left > 0) ahead = wholeOrNull(ask, query);
    yield recordsFrom(chunk.records);
    if (!whole) return;
  }
}

async function wholeOrNull(
  ask: (query: ChunkQuery) => Promise<Chunk>,
  query: ChunkQuery,
): Promise<Chunk | null> {
  try {
    const chunk = await ask(query);
    return chunk.length === query.limit ? chunk : null;
  } catch {
    return null;
  }
}
