import fc from 'fast-check';
import { recordsIn } from '../../src/contract/sample-append.ts';
import type { Append, ReadOptions, Receipt } from '../../src/port.ts';
import type { FragileOrder } from '../storage/fragile-channel.ts';
import { TABLES, told, type Told } from '../victim/job.ts';
import {
  ACTORS,
  MINUTES,
  appendOf,
  appendScript,
  instantOf,
  STREAMS,
  streamOf,
  TYPES,
  type AppendScript,
} from './append-script.ts';
import type { ModelRows, NoteRow, Outcome } from './log-model.ts';
import { Follower, type Run } from './log-under-test.ts';

const [{ name: TABLE }] = TABLES;

/** A step: does something to the log and its model, and throws where they differ. */
class Step implements fc.AsyncCommand<object, Run> {
  constructor(
    private readonly name: string,
    private readonly script: unknown,
    private readonly step: (run: Run) => Promise<void>,
  ) {}

  check(): boolean {
    return true;
  }

  async run(_: object, run: Run): Promise<void> {
    await this.step(run);
    for (const follower of run.followers) await expectFollowed(follower, run);
  }

  toString(): string {
    return `${this.name} ${JSON.stringify(this.script)}`;
  }
}

/** As text: jest's sandbox has an `Object` of its own, and deep equality looks at it. Both sides are built alike. */
function expectSame(what: string, actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is} and not ${should}`);
}

/** Everything after its beginning, once, in order, with no position left out. */
async function expectFollowed(follower: Follower, { model }: Run): Promise<void> {
  await follower.upTo(model.head);
  const length = Math.max(0, model.head - follower.after);
  const expected = Array.from({ length }, (_, index) => follower.after + index + 1);
  expectSame(`followed from ${follower.after}`, [follower.failure, follower.positions], [null, expected]);
}

interface Answered {
  readonly outcome: Outcome | 'LogTimeout' | 'LogNotWritable';
  readonly events: readonly Told[];
}

/** Whether the append happened is not known by this answer. */
function isUnknown({ outcome }: Answered): boolean {
  return outcome === 'LogTimeout' || outcome === 'LogNotWritable';
}

async function answerTo(append: Append, { subject }: Run): Promise<Answered> {
  try {
    const { events, repeated }: Receipt = await subject.log.append(append);
    return { outcome: repeated ? 'repeated' : 'appended', events: events.map(told) };
  } catch (error) {
    const { code } = error as { readonly code?: Answered['outcome'] };
    if (code === undefined) throw error;
    return { outcome: code, events: [] };
  }
}

const together = (scripts: readonly AppendScript[]): Step =>
  new Step('append together', scripts, async (run) => {
    const appends = scripts.map((script) => appendOf(run, script));
    const answers = await Promise.all(appends.map((append) => answerTo(append, run)));
    // As if they had come one after the other.
    expectSame(
      'appends',
      answers,
      appends.map((append) => run.model.append(append)),
    );
    if (answers.some(({ outcome }) => outcome === 'appended')) run.model.rows = run.model.rows.slice(-1);
  });

const read = (script: ReadScript): Step =>
  new Step('read', script, async (run) => {
    const { stream, after, before, from, until, ...rest } = script;
    const { base } = run.model;
    const options: ReadOptions = {
      ...rest,
      after: base + (after ?? 0),
      ...(before === undefined ? {} : { before: base + before }),
      ...(stream === undefined ? {} : { stream: streamOf(run, stream) }),
      ...(from === undefined ? {} : { recordedFrom: instantOf(from) }),
      ...(until === undefined ? {} : { recordedBefore: instantOf(until) }),
    };
    expectSame('read', (await recordsIn(run.subject.log, options)).map(told), run.model.read(options));
    expectSame('head', await run.subject.log.head(), run.model.head);
  });

interface ReadScript extends Omit<ReadOptions, 'stream'> {
  readonly stream?: number;
  /** Minutes. */
  readonly from?: number;
  readonly until?: number;
}

const follow = (back: number): Step =>
  new Step('follow', back, (run) => {
    const after = Math.max(run.model.base, run.model.head - back);
    run.followers.push(new Follower(run.subject.log, after));
    return Promise.resolve();
  });

interface RowScript {
  readonly upserts: readonly number[];
  readonly deletes: readonly number[];
  readonly state: number;
  readonly clear: boolean;
}

const writeRows = (script: RowScript): Step =>
  new Step('write rows', script, async ({ subject, model }) => {
    const before = model.rows.at(-1)?.rows ?? [];
    const deletes = script.deletes.map(String);
    const upserts: NoteRow[] = script.upserts.map((id) => ({ id: String(id), body: `${script.state}` }));
    const position = model.head;
    const clear = script.clear ? ({ clear: true } as const) : {};
    await subject.log.rows.write({ table: TABLE, position, state: script.state, upserts, deletes, ...clear });
    const kept = script.clear ? [] : before.filter(({ id }) => !deletes.includes(id));
    const rows = [...kept.filter(({ id }) => upserts.every((row) => row.id !== id)), ...upserts];
    model.rows.push({ position, state: script.state, rows });
  });

async function rowsNow({ subject }: Run): Promise<ModelRows> {
  // The state of this table is always a number.
  return (await subject.log.rows.read(TABLE)) as ModelRows;
}

function sorted({ position, state, rows }: ModelRows): ModelRows {
  const byId = rows.map(({ id, body }) => ({ id, body })).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { position, state, rows: byId };
}

const readRows = (): Step =>
  new Step('read rows', null, async (run) => {
    expectSame('rows', sorted(await rowsNow(run)), run.model.rows.slice(-1).map(sorted)[0]);
  });

const reopen = (): Step =>
  new Step('reopen', null, async (run) => {
    if (run.subject.reopen === null) return;
    for (const follower of run.followers.splice(0)) follower.end();
    run.subject.log = await run.subject.reopen();
    run.model.rows = run.model.rows.slice(-1);
  });

/** The storage ends or fails some operations into an append, or after it. What became of the append is told by asking again. */
const crash = (script: CrashScript): Step =>
  new Step('crash', script, async (run) => {
    const { breakStorage } = run.subject;
    if (breakStorage === null) return;
    await breakStorage(script.order);
    const append = appendOf(run, script.append);
    const first = await answerTo(append, run);
    const predicted = run.model.append(append);
    if (!isUnknown(first)) {
      expectSame('append before a crash', first, predicted);
      if (first.outcome === 'appended') run.model.rows = run.model.rows.slice(-1);
      await breakStorage({ kind: 'end' });
    }
    let second = await answerTo(append, run);
    // Asked before it was known that nobody would answer.
    while (isUnknown(second)) second = await answerTo(append, run);
    const committed = second.outcome === 'repeated' || first.outcome === 'appended';
    const outcome = predicted.outcome === 'appended' && committed ? 'repeated' : predicted.outcome;
    expectSame('append after a crash', second, { ...predicted, outcome });
    // Rows are written without a sync: what they are after a crash is what they were at some moment.
    const rows = sorted(await rowsNow(run));
    const then = run.model.rows.find((was) => JSON.stringify(sorted(was)) === JSON.stringify(rows));
    if (then === undefined) throw new Error(`The rows after a crash never were: ${JSON.stringify(rows)}`);
    run.model.rows = [then];
  });

interface CrashScript {
  readonly order: FragileOrder;
  readonly append: AppendScript;
}

const crashScript: fc.Arbitrary<CrashScript> = fc.record({
  order: fc.record({
    kind: fc.constantFrom('end-after', 'end-after', 'fail-after'),
    operations: fc.nat({ max: 6 }),
  }),
  append: appendScript,
});

const readScript: fc.Arbitrary<ReadScript> = fc.record(
  {
    direction: fc.constantFrom('forward', 'backward'),
    after: fc.nat({ max: 20 }),
    before: fc.nat({ max: 40 }),
    stream: fc.nat({ max: STREAMS - 1 }),
    from: fc.nat({ max: MINUTES }),
    until: fc.nat({ max: MINUTES }),
    types: fc.subarray(TYPES, { minLength: 1 }),
    actors: fc.subarray(ACTORS, { minLength: 1 }),
    limit: fc.nat({ max: 10 }),
  },
  { requiredKeys: [] },
);

const rowScript: fc.Arbitrary<RowScript> = fc.record({
  upserts: fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 4 }),
  deletes: fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 2 }),
  state: fc.nat({ max: 1000 }),
  clear: fc.boolean(),
});

/** Steps in any order, the dear ones seldom. */
export const logSteps = fc.commands(
  [
    fc.array(appendScript, { minLength: 1, maxLength: 1 }).map(together),
    fc.array(appendScript, { minLength: 2, maxLength: 8 }).map(together),
    readScript.map(read),
    fc.nat({ max: 12 }).map(follow),
    rowScript.map(writeRows),
    fc.constant(null).map(readRows),
    fc.oneof(
      { weight: 9, arbitrary: readScript.map(read) },
      { weight: 1, arbitrary: fc.constant(null).map(reopen) },
      { weight: 2, arbitrary: crashScript.map(crash) },
    ),
  ],
  { maxCommands: 40, size: 'max' },
);
