import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '../memory/memory-log.ts';
import { exportOf, inBytes } from '../contract/index.ts';
import { importLog } from './import-log.ts';

/*
 * What docs/export-format.md says, done as it says, with nothing of the log's own code: somebody who has only that page must come
 * to the hashes in its example.
 */

const page = readFileSync(new URL('../../../../docs/export-format.md', import.meta.url), 'utf8');
const example = /```jsonl\n(.*?)```/s.exec(page)?.[1] ?? '';

interface Line {
  readonly position: number;
  readonly version: number;
  readonly chain: string;
  readonly redaction: Readonly<Record<'dataHash' | 'redactedAt' | 'reason' | 'seal', string>> | null;
  readonly [member: string]: unknown;
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

const COVERED = (
  'eventId stream type schemaVersion recordedAt actor commandId correlationId causationId appVersion undoes ' +
  'contentHash'
).split(' ');

function hashesOf(line: string, before: string): { dataHash: string; digest: string; chain: string } {
  const event = JSON.parse(line) as Line;
  const text = line.slice(line.indexOf(',"data":') + 8, -1);
  const dataHash = event.redaction?.dataHash ?? sha256(text);
  const digest = sha256(JSON.stringify([...COVERED.map((member) => event[member]), dataHash]));
  const numbers = Buffer.alloc(12);
  numbers.writeBigInt64BE(BigInt(event.position));
  numbers.writeInt32BE(event.version, 8);
  const link = Buffer.concat([Buffer.from(before, 'hex'), numbers, Buffer.from(digest, 'hex')]);
  return { dataHash, digest, chain: sha256(link) };
}

describe('the page of the export format', () => {
  it('has an example whose hashes come out as it tells to compute them', () => {
    const [header, ...lines] = example.trimEnd().split('\n');
    const events = lines.slice(0, -1);
    expect(JSON.parse(header ?? '')).toEqual({ format: 'retrace-log', version: 1, events: events.length });
    let chain = '0'.repeat(64);
    for (const line of events) {
      ({ chain } = hashesOf(line, chain));
      expect((JSON.parse(line) as Line).chain).toBe(chain);
    }
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ end: events.length, chain });
  });

  it('tells each step of its first event', () => {
    const { dataHash, digest, chain } = hashesOf(example.split('\n')[1] ?? '', '0'.repeat(64));
    for (const hash of [dataHash, digest, chain]) expect(page).toContain(`| \`${hash}\` |`);
  });

  it('has a redaction whose seal comes out', () => {
    const line = example.split('\n')[3] ?? '';
    const { position, chain, redaction } = JSON.parse(line) as Line;
    const data = sha256(line.slice(line.indexOf(',"data":') + 8, -1));
    expect(redaction?.dataHash).toBe(sha256('{"name":"secret"}'));
    expect(redaction?.seal).toBe(
      sha256(
        JSON.stringify([
          position,
          chain,
          redaction?.dataHash,
          redaction?.redactedAt,
          redaction?.reason,
          data,
        ]),
      ),
    );
  });

  it('has an example that is imported, and exported again as it is', async () => {
    const log = createMemoryLog();
    await importLog(log, inBytes(example));
    expect(await exportOf(log)).toBe(example);
  });
});
