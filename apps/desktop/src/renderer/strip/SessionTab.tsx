import { openElsewhere } from '@retrace/protocol';
import type { SessionRow } from '@retrace/protocol';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import Monitor from 'lucide-solid/icons/monitor';
import Moon from 'lucide-solid/icons/moon';
import X from 'lucide-solid/icons/x';
import { Match, Show, Switch } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import { RenameField } from './RenameField.tsx';
import { SessionMark } from './SessionMark.tsx';
import { pageLine, sessionState, stateWords } from './session-state.ts';

interface SessionTabProps {
  readonly session: SessionRow;
  readonly selected: boolean;
  /** Whether Tab reaches this one of the tabs. */
  readonly reachable: boolean;
  readonly renaming: boolean;
  readonly onFocus: () => void;
  readonly onRename: () => void;
  /** `keepFocus` when the rename was ended by a key, so that the keyboard stays on the tab. */
  readonly onRenamed: (ended: 'by-key' | 'by-leaving') => void;
  readonly onDelete: () => void;
}

export const tabId = (session: SessionRow): string => `tab-${session.id}`;

/**
 * One session of the strip: the tab itself and, beside it, its delete button. Beside, not inside: a button within a tab is
 * out of reach for screen readers.
 */
export function SessionTab(props: SessionTabProps) {
  const application = useApplication();
  const facts = () =>
    [
      props.session,
      application.viewOf(props.session.id),
      openElsewhere(application.table, props.session),
    ] as const;
  const state = () => sessionState(...facts());
  const words = () => stateWords(...facts());
  const nameId = () => `name-${props.session.id}`;
  const detailId = () => `detail-${props.session.id}`;

  return (
    <div class="session" data-state={state()} classList={{ selected: props.selected }}>
      <Show
        when={!props.renaming}
        fallback={
          <div class="session-tab">
            <SessionMark session={props.session} />
            <RenameField
              name={props.session.name}
              onEnd={(name, ended) => {
                if (name !== null) void application.rename(props.session.id, name);
                props.onRenamed(ended);
              }}
            />
          </div>
        }
      >
        <button
          type="button"
          role="tab"
          class="session-tab"
          id={tabId(props.session)}
          aria-selected={props.selected}
          aria-controls={props.selected ? 'page' : undefined}
          aria-labelledby={nameId()}
          aria-describedby={detailId()}
          aria-keyshortcuts="F2 Delete"
          tabIndex={props.reachable ? 0 : -1}
          onClick={() => void application.activate(props.session.id)}
          onDblClick={() => props.onRename()}
          onFocus={() => props.onFocus()}
        >
          <SessionMark session={props.session} />
          <span class="session-words">
            <span class="session-name" id={nameId()} title={props.session.name}>
              {props.session.name}
            </span>
            <span class="session-page" id={detailId()} title={pageLine(props.session)}>
              {pageLine(props.session)}
              <span class="visually-hidden">. {words()}</span>
            </span>
          </span>
          <span class="session-state" title={words()} aria-hidden="true">
            <Switch>
              <Match when={state() === 'elsewhere'}>
                <Monitor size={14} />
              </Match>
              <Match when={state() === 'asleep'}>
                <Moon size={14} />
              </Match>
              <Match when={state() === 'loading'}>
                <LoaderCircle class="spinner" size={14} />
              </Match>
              <Match when={state() === 'failed' || state() === 'crashed'}>
                <CircleAlert class="alarm" size={14} />
              </Match>
            </Switch>
          </span>
        </button>
        <button
          type="button"
          class="icon-button small session-delete"
          aria-label={`Delete ${props.session.name}`}
          title="Delete (can be undone)"
          tabIndex={props.reachable ? 0 : -1}
          onClick={() => props.onDelete()}
        >
          <X aria-hidden="true" size={14} />
        </button>
      </Show>
    </div>
  );
}
