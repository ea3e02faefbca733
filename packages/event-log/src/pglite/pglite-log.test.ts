import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { notesOf, positionsOf, recordsIn, sampleAppend, sampleEvent } from '../contract/index.ts';
import type { TableSpec } from '../port.ts';
import { ScratchLogs } from './testing/scratch-log.ts';

const scratch = new ScratchLogs();

afterEach(() => scratch.dispose());

describe('a query that never answers', () => {
  it('is ended by the watchdog, and the next append succeeds', async () => {
    const notices: string[] = [];
    const log = await scratch.open(await scratch.directory(), {
      onNotice: (notice) => notices.push(notice),
    });
    const given: number[] = [];
    log.follow(0).subscribe((records) => given.push(...positionsOf(records)));
    await log.append(sampleAppend());

    const hanging = log.query('SELECT count(*) FROM generate_series(1, 1000000000000)');
    const behind = sampleAppend({ events: [sampleEvent('behind')] });
    const waiting = log.append(behind);
    await expect(hanging).rejects.toMatchObject({ code: 'LogTimeout' });
    await expect(waiting).rejects.toMatchObject({ code: 'LogTimeout' });

    // What happened to the one that waited is told by repeating it.
    await log.append(behind);
    await log.append(sampleAppend({ events: [sampleEvent('after')] }));
    expect(notesOf(await recordsIn(log))).toEqual(['one', 'behind', 'after']);
    expect(given).toEqual([1, 2, 3]);
    expect(notices).toEqual([expect.stringContaining('no answer in 4000 ms')]);
  });
});

describe('rows of tables that are declared anew', () => {
  const folders: TableSpec = { name: 'folders', key: 'id', columns: { id: { type: 'text' } } };
  const papers: TableSpec = {
    name: 'papers',
    key: 'id',
    columns: { id: { type: 'text' }, folder: { type: 'text', cascadesFrom: 'folders' } },
  };
  const labels: TableSpec = { name: 'labels', key: 'id', columns: { id: { type: 'text' } } };

  it('go, with those that cascade from them, where the declaration has changed; the others stay', async () => {
    const directory = await scratch.directory();
    const before = await scratch.open(directory, { tables: [papers, folders, labels] });
    for (const [table, row] of [
      ['folders', { id: 'a' }],
      ['papers', { id: 'b', folder: 'a' }],
      ['labels', { id: 'c' }],
    ] as const) {
      await before.rows.write({ table, position: 4, state: 'kept', upserts: [row], deletes: [] });
    }
    await before.close();

    const notices: string[] = [];
    const widened = { ...folders, columns: { ...folders.columns, name: { type: 'text' } } } as const;
    const log = await scratch.open(directory, {
      tables: [papers, widened, labels],
      onNotice: (notice) => notices.push(notice),
    });

    const none = { position: 0, state: null, rows: [] };
    expect(await log.rows.read('folders')).toEqual(none);
    expect(await log.rows.read('papers')).toEqual(none);
    expect(await log.rows.read('labels')).toEqual({ position: 4, state: 'kept', rows: [{ id: 'c' }] });
    expect(notices).toEqual([expect.stringContaining('folders'), expect.stringContaining('papers')]);
  });

  it('are refused before anything is opened where the declaration is malformed', async () => {
    const directory = await scratch.directory();
    for (const tables of [
      [papers],
      [{ ...labels, name: 'events' }],
      [{ ...labels, name: 'a"; DROP TABLE events; --' }],
      [{ ...labels, key: 'nowhere' }],
      [labels, labels],
    ]) {
      await expect(scratch.open(directory, { tables })).rejects.toMatchObject({ code: 'InvalidAppend' });
    }
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('SQL for tests and the command line', () => {
  it('reads, and can write nothing', async () => {
    const log = await scratch.open(await scratch.directory());
    await log.append(sampleAppend({ events: [sampleEvent('a'), sampleEvent('b')] }));

    expect(await log.query(`SELECT position, data ->> 'note' AS note FROM events ORDER BY position`)).toEqual(
      [
        { position: 1, note: 'a' },
        { position: 2, note: 'b' },
      ],
    );
    await expect(log.query('DELETE FROM events')).rejects.toMatchObject({ code: 'InvalidAppend' });
    await expect(log.query('SELECT nonsense')).rejects.toMatchObject({ code: 'InvalidAppend' });
    await expect(log.append(sampleAppend())).resolves.toMatchObject({ repeated: false });
  });
});
