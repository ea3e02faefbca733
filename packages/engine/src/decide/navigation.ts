import type { Command, NavigationList, SessionEvent, SessionRow, SessionTable } from '@retrace/protocol';
import { judgeAddress } from '@retrace/protocol';
import { navigationChange } from '../navigation-change.ts';
import { MAX_NAVIGATION_ENTRIES } from '../page-report.ts';
import type { Decision } from './decision.ts';
import { accept, refuse } from './decision.ts';
import { withOpenHere } from './lifecycle.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;
type NavigationCause = Extract<SessionEvent, { type: 'SessionNavigated' }>['data']['cause'];

/**
 * An address chosen in Retrace: recorded at once, before the page answers, so that it is not lost in a crash. The address
 * shown already is a reload, as in every browser: no navigation happened, and the caller reloads the view.
 */
export function decideTypedNavigation(table: SessionTable, command: CommandOf<'NavigateSession'>): Decision {
  const address = judgeAddress(command.url);
  if (!address.allowed) return refuse('AddressRefused', address.reason);
  return withOpenHere(table, command.sessionId, (row, opening) => {
    const { entries, index } = row.metadata.navigation;
    if (entries[index]?.url === address.url) return accept(...opening);
    const kept = entries.slice(0, index + 1).slice(-(MAX_NAVIGATION_ENTRIES - 1));
    const after = { entries: [...kept, { url: address.url, title: '' }], index: kept.length };
    return accept(...opening, ...navigated(row, after, 'typed'));
  });
}

/** Back and forward by Retrace's own buttons; `NoSuchEntry` where the list ends. */
export function decideTraversal(table: SessionTable, command: CommandOf<'TraverseHistory'>): Decision {
  return withOpenHere(table, command.sessionId, (row, opening) => {
    const { entries, index } = row.metadata.navigation;
    const target = index + command.offset;
    const back = command.offset < 0;
    if (command.offset === 0 || entries[target] === undefined) {
      return refuse(
        'NoSuchEntry',
        back ? 'There is no page to go back to.' : 'There is no page to go forward to.',
      );
    }
    return accept(...opening, ...navigated(row, { entries, index: target }, back ? 'back' : 'forward'));
  });
}

/** A view's list, as far as it is news. An empty list says nothing: a view has none until its first page has come. */
export function decideNavigationReport(
  table: SessionTable,
  command: CommandOf<'RecordNavigation'>,
): Decision {
  return withOpenHere(table, command.sessionId, (row) =>
    accept(...navigated(row, command.navigation, command.cause)),
  );
}

/**
 * A page's title and icon, as far as they are news for the page shown. A title or icon that is missing changes nothing: a page
 * that loads again has neither for a moment. While the session is marked as crashed any description is news, for it proves
 * that the page lives again.
 */
export function decideDescription(table: SessionTable, command: CommandOf<'RecordPage'>): Decision {
  return withOpenHere(table, command.sessionId, ({ id, metadata }) => {
    if (command.url !== metadata.lastUrl) return accept();
    const title = command.title === '' ? metadata.title : command.title;
    const favicon = command.favicon ?? metadata.favicon;
    if (title === metadata.title && favicon === metadata.favicon && metadata.crash === null) return accept();
    return accept({
      type: 'SessionPageDescribed',
      data: { sessionId: id, url: command.url, title, favicon },
    });
  });
}

export function decideCrash(table: SessionTable, command: CommandOf<'RecordCrash'>): Decision {
  const { sessionId, reason, exitCode } = command;
  return withOpenHere(table, sessionId, () =>
    accept({ type: 'ViewCrashed', data: { sessionId, reason, exitCode } }),
  );
}

/** The event that brings a session's list to `after`; none when it is there, or when `after` shows no entry. */
export function navigated(
  row: SessionRow,
  after: NavigationList,
  cause: NavigationCause,
): readonly SessionEvent[] {
  const shown = after.entries[after.index];
  const change = navigationChange(row.metadata.navigation, after);
  if (shown === undefined || change === null) return [];
  return [
    {
      type: 'SessionNavigated',
      data: {
        sessionId: row.id,
        url: shown.url,
        cause,
        index: change.index,
        drop: change.drop,
        keep: change.keep,
        added: [...change.added],
      },
    },
  ];
}
