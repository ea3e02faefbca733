import type { Command } from 'commander';
import { foldUpTo, startFromLog, unreadNotice, type Folded } from '@retrace/engine';
import { trashedSessions, listedSessions, type SessionRow, type SessionTable } from '@retrace/protocol';
import type { EventLog } from '@retrace/event-log';
import { inColumns } from '../columns.ts';
import { positiveCount } from '../record-filter.ts';
import { recordAt } from '../record-at.ts';
import { addLogCommand, note, onLog, type Run, type SharedOptions } from '../run.ts';

/** `retrace sessions`: the sessions in the list, in its order, and those in the trash when they are asked for. */
export function addSessions(program: Command, { output }: Run): void {
  addLogCommand(program, 'sessions', 'the sessions, in the order of the list')
    .option('--deleted', 'those in the trash too')
    .option('--at <position>', 'as they were when the log had come to this position', positiveCount)
    .action(async (options: SessionsOptions) => {
      const { table, unread } = await onLog(options, (log) => foldedAt(log, options.at));
      if (unread > 0) note(unreadNotice(unread));
      const sessions = [...listedSessions(table), ...(options.deleted ? trashedSessions(table) : [])];
      if (options.json) {
        const { position, activeSessionId } = table;
        await output.lines(JSON.stringify({ position, activeSessionId, unread, sessions }));
      } else {
        await output.lines(page(sessions, table));
      }
    });
}

interface SessionsOptions extends SharedOptions {
  readonly deleted?: true;
  readonly at?: number;
}

async function foldedAt(log: EventLog, position: number | undefined): Promise<Folded> {
  if (position === undefined) return (await startFromLog(log, note)).folded;
  await recordAt(log, position);
  return await foldUpTo(log, position);
}

function page(sessions: readonly SessionRow[], table: SessionTable): string {
  if (sessions.length === 0) return 'There are no sessions.';
  return inColumns([
    ['NAME', 'PROVIDER', 'STATE', 'LAST ACTIVE', 'ADDRESS', 'ID'],
    ...sessions.map((session) => [
      session.name,
      session.provider,
      stateOf(session, table),
      session.lastActive,
      session.metadata.lastUrl,
      session.id,
    ]),
  ]);
}

function stateOf({ id, deletedAt, isActive }: SessionRow, { activeSessionId }: SessionTable): string {
  if (deletedAt !== null) return 'deleted';
  if (id === activeSessionId) return 'shown';
  return isActive ? 'awake' : 'asleep';
}
