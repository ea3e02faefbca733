import type { Command, SessionEvent, SessionId, SessionRow, SessionTable } from '@retrace/protocol';
import {
  isHere,
  judgeAddress,
  listedSessions,
  openElsewhere,
  partitionOf,
  ProviderIdSchema,
  PROVIDERS,
  SessionNameSchema,
} from '@retrace/protocol';
import * as v from 'valibot';
import type { Decision } from './decision.ts';
import { accept, refuse, sessionIn, withListed } from './decision.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** `InvalidInput`, `AddressRefused`, or a `SessionCreated`: awake, not shown, and claimed by this desktop where the log is shared. */
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
  return accept(
    {
      type: 'SessionCreated',
      data: {
        sessionId: command.sessionId,
        provider: provider.output,
        name: name.output,
        partition: partitionOf(provider.output, command.sessionId),
        homeUrl: address.url,
      },
    },
    ...claimOf(table, command.sessionId),
  );
}

export function decideActivation(table: SessionTable, { sessionId }: CommandOf<'ActivateSession'>): Decision {
  return withOpenHere(table, sessionId, (row, opening) => {
    if (table.activeSessionId === sessionId && row.isActive) return accept();
    return accept(...opening, { type: 'SessionActivated', data: { sessionId } });
  });
}

/** Shows a session here, wherever it is open: the desktop that has it open closes it. */
export function decideTakeOver(table: SessionTable, { sessionId }: CommandOf<'TakeOverSession'>): Decision {
  return withListed(table, sessionId, (row) => {
    if (table.activeSessionId === sessionId && row.isActive) return accept();
    return accept(...openingOf(table, row), { type: 'SessionActivated', data: { sessionId } });
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
  return accept(...(isHere(table, row) ? [] : claimOf(table, sessionId)), {
    type: 'SessionRestored',
    data: { sessionId },
  });
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

/**
 * Decides with the row of a session that is to be open here, and the events that open it: before any event that needs it awake.
 * Refuses with `OpenElsewhere` what another desktop has open, besides what {@link withListed} refuses.
 */
export function withOpenHere(
  table: SessionTable,
  id: SessionId,
  decideWith: (row: SessionRow, opening: readonly SessionEvent[]) => Decision,
): Decision {
  return withListed(table, id, (row) => {
    const elsewhere = openElsewhere(table, row);
    if (elsewhere === null) return decideWith(row, openingOf(table, row));
    return refuse(
      'OpenElsewhere',
      `“${row.name}” is open on ${elsewhere.name}. Take it over to open it here; its page there is closed then.`,
    );
  });
}

function openingOf(table: SessionTable, row: SessionRow): readonly SessionEvent[] {
  return [
    ...(isHere(table, row) ? [] : claimOf(table, row.id)),
    ...(row.isActive ? [] : [{ type: 'SessionWoken' as const, data: { sessionId: row.id } }]),
  ];
}

/** This desktop's claim, where the log is shared. */
function claimOf({ desktop }: SessionTable, sessionId: SessionId): readonly SessionEvent[] {
  if (desktop === undefined) return [];
  return [{ type: 'SessionClaimed', data: { sessionId, desktopId: desktop.id, desktopName: desktop.name } }];
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
  return nearest.find((row) => row.isActive && isHere(table, row))?.id ?? null;
}
