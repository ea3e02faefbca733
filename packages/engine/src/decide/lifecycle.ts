import type { Command, SessionId, SessionRow, SessionTable } from '@retrace/protocol';
import {
  judgeAddress,
  listedSessions,
  partitionOf,
  ProviderIdSchema,
  PROVIDERS,
  SessionNameSchema,
} from '@retrace/protocol';
import * as v from 'valibot';
import type { Decision } from './decision.ts';
import { accept, refuse, sessionIn, withListed } from './decision.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** `InvalidInput`, `AddressRefused`, or exactly one `SessionCreated`: awake, not shown. */
export function decideCreation(table: SessionTable, command: CommandOf<'CreateSession'>): Decision {
  const provider = v.safeParse(ProviderIdSchema, command.provider);
  if (!provider.success) return refuse('InvalidInput', provider.issues[0].message);
  const name = v.safeParse(SessionNameSchema, command.name);
  if (!name.success) return refuse('InvalidInput', name.issues[0].message);
  const address = judgeAddress(command.url ?? PROVIDERS[provider.output].homeUrl);
  if (!address.allowed) return refuse('AddressRefused', address.reason);
  if (sessionIn(table, command.sessionId) !== undefined) {
    return refuse('Conflict', 'A session with this id exists already. Ask for a new one.');
  }
  return accept({
    type: 'SessionCreated',
    data: {
      sessionId: command.sessionId,
      provider: provider.output,
      name: name.output,
      partition: partitionOf(provider.output, command.sessionId),
      homeUrl: address.url,
    },
  });
}

export function decideActivation(table: SessionTable, { sessionId }: CommandOf<'ActivateSession'>): Decision {
  return withListed(table, sessionId, (row) => {
    if (table.activeSessionId === sessionId && row.isActive) return accept();
    return accept(...wakingOf(row), { type: 'SessionActivated', data: { sessionId } });
  });
}

export function decideDeletion(table: SessionTable, { sessionId }: CommandOf<'DeleteSession'>): Decision {
  return withListed(table, sessionId, () =>
    accept({ type: 'SessionDeleted', data: { sessionId, nextActiveId: neighbourToShow(table, sessionId) } }),
  );
}

export function decideRestoration(table: SessionTable, { sessionId }: CommandOf<'RestoreSession'>): Decision {
  const row = sessionIn(table, sessionId);
  if (row === undefined) return refuse('SessionNotFound', 'There is no such session.');
  if (row.deletedAt === null) return refuse('SessionNotDeleted', `“${row.name}” is not in the trash.`);
  return accept({ type: 'SessionRestored', data: { sessionId } });
}

export function decideRenaming(table: SessionTable, command: CommandOf<'RenameSession'>): Decision {
  const name = v.safeParse(SessionNameSchema, command.name);
  if (!name.success) return refuse('InvalidInput', name.issues[0].message);
  return withListed(table, command.sessionId, (row) => {
    if (row.name === name.output) return accept();
    return accept({
      type: 'SessionRenamed',
      data: { sessionId: command.sessionId, name: name.output, previousName: row.name },
    });
  });
}

export function decideSleep(table: SessionTable, { sessionId }: CommandOf<'SleepSession'>): Decision {
  return withListed(table, sessionId, (row) =>
    row.isActive ? accept({ type: 'SessionSlept', data: { sessionId } }) : accept(),
  );
}

/** What comes before any event that needs the session awake. */
export function wakingOf(row: SessionRow) {
  return row.isActive ? [] : [{ type: 'SessionWoken' as const, data: { sessionId: row.id } }];
}

/**
 * The session shown once `sessionId` is gone: the nearest awake one after it in the list, else before it. Null when another
 * one is shown anyway, or when all the others sleep: deleting must not start pages that nobody asked for.
 */
export function neighbourToShow(table: SessionTable, sessionId: SessionId): SessionId | null {
  if (table.activeSessionId !== sessionId) return null;
  const list = listedSessions(table);
  const place = list.findIndex((row) => row.id === sessionId);
  const nearest = [...list.slice(place + 1), ...list.slice(0, place).reverse()];
  return nearest.find((row) => row.isActive)?.id ?? null;
}
