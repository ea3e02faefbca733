import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Row, RowChange } from '../port.ts';
import { CONTRACT_TABLES, type Shared } from './event-log-contract.ts';

const [A, B] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

function change(said: Partial<RowChange>): RowChange {
  return { table: 'folders', position: 1, state: null, upserts: [], deletes: [], ...said };
}

function paper(id: string, said: Row = {}): Row {
  return {
    id,
    folder: A,
    pages: 3,
    weight: 0.1,
    signed: false,
    at: '2026-11-22T09:00:00.007Z',
    content: { list: [1, null, 'żółw'] },
    ...said,
  };
}

function idOf(row: Row): string {
  const id = row['id'];
  return typeof id === 'string' ? id : '';
}

export function describeRows(shared: Shared): void {
  describe('rows', () => {
    const read = async (table: string) => {
      const { rows, ...rest } = await shared.log.rows.read(table);
      return { ...rest, rows: [...rows].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) };
    };

    beforeEach(async () => {
      const { rows } = shared.log;
      await rows.write(change({ table: 'papers', position: 0, clear: true }));
      await rows.write(change({ table: 'folders', position: 0, clear: true }));
    });

    it('10: a table that was never written, or was cleared, stands for 0', async () => {
      expect(await read('papers')).toEqual({ position: 0, state: null, rows: [] });
    });

    it('10: come back as they were written, with position and state', async () => {
      const { rows } = shared.log;
      await rows.write(change({ upserts: [{ id: A, name: 'left' }] }));
      const papers = [
        paper('x'),
        paper('y', { folder: null, at: null, pages: -9007199254740991, weight: 1e300, signed: true }),
        paper('z \\ "q"', { content: [] }),
      ];
      await rows.write(change({ table: 'papers', position: 7, state: { next: ['a'] }, upserts: papers }));

      expect(await read('papers')).toEqual({ position: 7, state: { next: ['a'] }, rows: papers });
    });

    it('10: are replaced, removed and added in one change', async () => {
      const { rows } = shared.log;
      await rows.write(change({ upserts: [{ id: A, name: 'left' }] }));
      await rows.write(change({ table: 'papers', upserts: [paper('x'), paper('y')] }));

      await rows.write(
        change({
          table: 'papers',
          position: 2,
          upserts: [paper('y', { pages: 9 }), paper('z')],
          deletes: ['x'],
        }),
      );

      expect(await read('papers')).toEqual({
        position: 2,
        state: null,
        rows: [paper('y', { pages: 9 }), paper('z')],
      });
    });

    it('10: go with the row they name', async () => {
      const { rows } = shared.log;
      await rows.write(
        change({
          upserts: [
            { id: A, name: 'left' },
            { id: B, name: 'right' },
          ],
        }),
      );
      await rows.write(
        change({
          table: 'papers',
          upserts: [paper('x'), paper('y', { folder: B }), paper('z', { folder: null })],
        }),
      );

      await rows.write(change({ position: 2, deletes: [A] }));

      expect((await read('papers')).rows.map((row) => row['id'])).toEqual(['y', 'z']);
    });

    it('10: go back in position only when they are cleared', async () => {
      const { rows } = shared.log;
      await rows.write(change({ position: 5, upserts: [{ id: A, name: 'left' }] }));

      await expect(rows.write(change({ position: 4, deletes: [A] }))).rejects.toMatchObject({
        code: 'InvalidAppend',
      });
      expect(await read('folders')).toEqual({ position: 5, state: null, rows: [{ id: A, name: 'left' }] });

      await rows.write(change({ position: 2, clear: true, upserts: [{ id: B, name: 'right' }] }));
      expect(await read('folders')).toEqual({ position: 2, state: null, rows: [{ id: B, name: 'right' }] });
    });

    it('10: leave rows, state and position alone when one row does not fit', async () => {
      const { rows } = shared.log;
      await rows.write(change({ upserts: [{ id: A, name: 'left' }] }));
      await rows.write(change({ table: 'papers', upserts: [paper('x')] }));

      await expect(
        rows.write(
          change({
            table: 'papers',
            position: 2,
            upserts: [paper('y'), paper('z', { folder: B })],
            deletes: ['x'],
          }),
        ),
      ).rejects.toMatchObject({ code: 'InvalidAppend' });

      expect(await read('papers')).toEqual({ position: 1, state: null, rows: [paper('x')] });
    });

    it.each<[string, RowChange]>([
      ['an unknown table', change({ table: 'shelves' })],
      ['a position below 0', change({ position: -1 })],
      ['an unknown column', change({ upserts: [{ id: A, name: 'left', colour: 'red' }] })],
      ['a missing column', change({ upserts: [{ id: A }] })],
      ['a null where none may be', change({ upserts: [{ id: A, name: null }] })],
      ['a number for text', change({ upserts: [{ id: A, name: 1 }] })],
      ['a uuid that is none', change({ upserts: [{ id: 'a', name: 'left' }] })],
      ['text that SQL cannot hold', change({ upserts: [{ id: A, name: '\u0000' }] })],
      ['half a number', change({ table: 'papers', upserts: [paper('x', { pages: 0.5 })] })],
      ['a time that is none', change({ table: 'papers', upserts: [paper('x', { at: 'yesterday' })] })],
      [
        'one key twice',
        change({
          upserts: [
            { id: A, name: 'left' },
            { id: A, name: 'right' },
          ],
        }),
      ],
      ['a key to delete that is no uuid', change({ deletes: ['x'] })],
    ])('11: refuse %s', async (_what, wrong) => {
      await expect(shared.log.rows.write(wrong)).rejects.toMatchObject({ code: 'InvalidAppend' });
    });

    it('10: are there when the log is opened again', async () => {
      const { subject, log } = shared;
      await log.rows.write(change({ position: 3, state: [1], upserts: [{ id: A, name: 'left' }] }));
      shared.log = (await subject.reopen?.(log, CONTRACT_TABLES)) ?? log;
      expect(await read('folders')).toEqual({ position: 3, state: [1], rows: [{ id: A, name: 'left' }] });
    });
  });
}
