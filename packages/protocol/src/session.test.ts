import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { InstantSchema, SessionIdSchema } from './ids.ts';
import type { SessionRow, SessionTable } from './session.ts';
import {
  EMPTY_TABLE,
  listedSessions,
  partitionOf,
  SessionNameSchema,
  SessionRowSchema,
  trashedSessions,
} from './session.ts';

const row: SessionRow = {
  id: v.parse(SessionIdSchema, '123e4567-e89b-42d3-a456-426614174000'),
  provider: 'claude',
  name: 'Work',
  partition: 'persist:claude-123e4567-e89b-42d3-a456-426614174000',
  createdAt: '2026-11-22T09:00:00.000Z',
  lastActive: '2026-11-22T09:00:00.000Z',
  isActive: true,
  deletedAt: null,
  metadata: {
    homeUrl: 'https://claude.ai/new',
    lastUrl: 'https://claude.ai/new',
    title: '',
    favicon: null,
    navigation: { entries: [{ url: 'https://claude.ai/new', title: '' }], index: 0 },
    sortKey: 1,
    crash: null,
  },
};

describe('SessionNameSchema', () => {
  it.each([
    ['Work', 'Work'],
    ['  Work \n', 'Work'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['工作 👩‍🚀 “a” <b>', '工作 👩‍🚀 “a” <b>'],
  ])('takes %j', (name, kept) => {
    expect(v.parse(SessionNameSchema, name)).toBe(kept);
  });

  it.each([
    '',
    '   ',
    'x'.repeat(201),
    'x'.repeat(10_000),
    'a\u0000b',
    'a\nb',
    'a\ud800',
    7,
    null,
    undefined,
    {},
  ])('refuses %j', (name) => {
    expect(v.is(SessionNameSchema, name)).toBe(false);
  });
});

describe('SessionIdSchema', () => {
  it.each([
    '123E4567-e89b-42d3-a456-426614174000',
    '123e4567e89b42d3a456426614174000',
    '../../etc',
    '__proto__',
    '',
    ' 123e4567-e89b-42d3-a456-426614174000',
    '123e4567-e89b-42d3-a456-426614174000\n',
  ])('refuses %j', (id) => {
    expect(v.is(SessionIdSchema, id)).toBe(false);
  });
});

describe('InstantSchema', () => {
  it('takes what Date makes and no sentence about time', () => {
    expect(v.is(InstantSchema, new Date(0).toISOString())).toBe(true);
    expect(v.is(InstantSchema, 'yesterday')).toBe(false);
  });
});

describe('SessionRowSchema', () => {
  it('takes a row as it is', () => {
    expect(v.parse(SessionRowSchema, row)).toEqual(row);
  });

  it.each([
    ['an unknown provider', { provider: 'elsewhere' }],
    ['an extra field', { colour: 'red' }],
    ['metadata of another shape', { metadata: {} }],
    ['a date for a time', { createdAt: new Date() }],
    ['a missing deletion time', { deletedAt: undefined }],
  ])('refuses %s', (_, change) => {
    expect(v.is(SessionRowSchema, { ...row, ...change })).toBe(false);
  });
});

describe('a session table', () => {
  const id = (digit: number) =>
    v.parse(SessionIdSchema, `${String(digit).repeat(8)}-0000-4000-8000-000000000000`);
  const sessions = [
    { id: id(1), sortKey: 3, deletedAt: null },
    { id: id(2), sortKey: 1, deletedAt: null },
    { id: id(4), sortKey: 2, deletedAt: null },
    { id: id(3), sortKey: 2, deletedAt: null },
    { id: id(5), sortKey: 9, deletedAt: '2026-11-22T09:00:00.000Z' },
    { id: id(6), sortKey: 0, deletedAt: '2026-11-22T10:00:00.000Z' },
  ].map(({ id, sortKey, deletedAt }) => ({ ...row, id, deletedAt, metadata: { ...row.metadata, sortKey } }));
  const table: SessionTable = {
    ...EMPTY_TABLE,
    sessions: Object.fromEntries(sessions.map((each) => [each.id, each])),
  };

  it('lists its sessions by their place, then id, without the deleted ones', () => {
    expect(listedSessions(table).map((each) => each.id)).toEqual([id(2), id(3), id(4), id(1)]);
  });

  it('shows its trash with the newest deletion first', () => {
    expect(trashedSessions(table).map((each) => each.id)).toEqual([id(6), id(5)]);
  });
});

describe('partitionOf', () => {
  it('names the partition by provider and session', () => {
    expect(partitionOf('claude', row.id)).toBe('persist:claude-123e4567-e89b-42d3-a456-426614174000');
  });
});
