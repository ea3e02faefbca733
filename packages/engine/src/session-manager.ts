import type { EventLog, EventRecord } from '@retrace/event-log';
import type {
  ChannelArguments,
  Command,
  Desktop,
  ErrorCode,
  Patch,
  RecordedEvent,
  SessionId,
  SessionRow,
  SessionTable,
  UndoneAction,
  ViewStatuses,
} from '@retrace/protocol';
import { listedSessions, RetraceError, SessionIdSchema } from '@retrace/protocol';
import type { Observable } from 'rxjs';
import { map, ReplaySubject, startWith, switchMap } from 'rxjs';
import * as v from 'valibot';
import type { Intent } from './command-executor.ts';
import { CommandExecutor } from './command-executor.ts';
import { accept, sessionIn, withListed } from './decide/decision.ts';
import { decide } from './decide/decide.ts';
import { toRetraceError } from './log-failure.ts';
import type { Folded, SessionProjection } from './projection.ts';
import { createSessionProjection } from './projection.ts';
import { RowWriter } from './row-writer.ts';
import { foldUpTo, keepSnapshots, SNAPSHOT_EVERY } from './session-snapshots.ts';
import { startFromLog } from './start-up.ts';
import { unreadNotice } from './stored-events.ts';
import { readTimeline } from './timeline.ts';
import { decideUndo, labelOf } from './undoing.ts';
import type { ViewHost } from './view-host.ts';
import type { Origin } from './live-view.ts';
import { ViewReconciler } from './view-reconciler.ts';

export interface SessionManagerOptions {
  /** Opened with {@link ENGINE_TABLES}. The manager does not close it: whoever opened it does, after `destroy`. */
  readonly log: EventLog;
  readonly host: ViewHost;
  readonly clock: () => Date;
  /** Makes UUIDs: of sessions, commands and actions. */
  readonly newId: () => string;
  readonly appVersion: string;
  /** This desktop, where several share the log; absent where the log is this one's alone. */
  readonly desktop?: Desktop;
  /** Views that may exist at once, the one shown included; the least recently used goes to sleep first. 10 unless said. */
  readonly maxLiveViews?: number;
  /** Events from one snapshot of the table to the next; what `stateAt` folds at most. {@link SNAPSHOT_EVERY} unless said. */
  readonly snapshotEvery?: number;
  /** Hears sentences for the person about what went wrong without being asked for. */
  readonly onNotice: (notice: string) => void;
}

export interface SessionConfig {
  readonly provider: SessionRow['provider'];
  readonly name: string;
  /** Absent for the provider's home. */
  readonly url?: string | undefined;
}

/** A change of the session table: immer patches that lead from the table at `from` to the table at `to`. */
export interface TablePatches {
  readonly from: number;
  readonly to: number;
  readonly patches: readonly Patch[];
}

/** What runs once the log is loaded. */
interface Running {
  readonly projection: SessionProjection;
  readonly executor: CommandExecutor;
  readonly views: ViewReconciler;
  readonly rows: RowWriter;
  /** Resolves once the projection has ended and its last snapshot is kept. */
  readonly snapshotsKept: Promise<void>;
}

/**
 * The face of the engine: everything that can be asked of sessions.
 *
 * Call `loadPersistedSessions` once before anything else; `table$`, `patches$` and `views$` may be subscribed to earlier. A method
 * resolves when its events are durable in the log and in the table; views follow by themselves. Every rejection is a
 * `RetraceError` with a code of the protocol, and then nothing was appended. Besides those named at a method:
 * `InvalidInput`, `SessionNotFound`, `SessionDeleted`, `Conflict`, `LogUnavailable`, and `ShuttingDown` after `destroy`.
 */
export class SessionManager {
  /** The table now, then after each change. */
  readonly table$: Observable<SessionTable>;
  /** Each change from subscription on. A subscriber that sees a `from` it does not stand at takes the `table` anew. */
  readonly patches$: Observable<TablePatches>;
  /** The views that exist and what they are doing, now and after each change. */
  readonly views$: Observable<ViewStatuses>;
  readonly #started = new ReplaySubject<Running>(1);
  #running: Running | null = null;
  #loading: Promise<void> | null = null;
  #destroying: Promise<void> | null = null;

  constructor(private readonly options: SessionManagerOptions) {
    this.table$ = this.#started.pipe(
      switchMap(({ projection }) =>
        projection.steps$.pipe(
          map((step) => step.folded.table),
          startWith(projection.current().table),
        ),
      ),
    );
    this.patches$ = this.#started.pipe(
      switchMap(({ projection }) => projection.steps$),
      map(({ from, to, patches }) => ({ from, to, patches })),
    );
    this.views$ = this.#started.pipe(switchMap(({ views }) => views.statuses$));
  }

  /** The table now. */
  get table(): SessionTable {
    return this.#run().projection.current().table;
  }

  /** The views that exist now. */
  get views(): ViewStatuses {
    return this.#run().views.statuses;
  }

  /** Reads the sessions of earlier runs and opens the view of the one shown. Answers what `listSessions` does. */
  async loadPersistedSessions(): Promise<readonly SessionRow[]> {
    this.#loading ??= this.#load();
    try {
      await this.#loading;
    } catch (error) {
      this.#loading = null;
      throw toRetraceError(error);
    }
    return this.listSessions();
  }

  /** A new session with a partition of its own: awake, not shown. `AddressRefused` for a `url` that a session may not open. */
  async createSession(config: SessionConfig): Promise<SessionRow> {
    const sessionId = v.parse(SessionIdSchema, this.options.newId());
    const { provider, name, url } = config;
    await this.#user({
      type: 'CreateSession',
      sessionId,
      provider,
      name,
      ...(url !== undefined && { url }),
    });
    return this.#row(sessionId);
  }

  /** Shows a session, waking it if it sleeps. `OpenElsewhere` for one that another desktop has open. */
  async activateSession(sessionId: SessionId): Promise<void> {
    await this.#user({ type: 'ActivateSession', sessionId });
    this.#run().views.ensure(sessionId);
  }

  /** Shows a session that another desktop has open, which then closes it. Its login stays on the machines where it was made. */
  async takeOverSession(sessionId: SessionId): Promise<void> {
    await this.#user({ type: 'TakeOverSession', sessionId });
  }

  /** Puts a session into the trash, partition untouched. `actionId` is what `undo` takes to bring back just this one. */
  async deleteSession(sessionId: SessionId): Promise<{ readonly actionId: string }> {
    const { actionId } = await this.#user({ type: 'DeleteSession', sessionId });
    return { actionId };
  }

  /** Brings a session back from the trash, at its old place, and shows it. `SessionNotDeleted` for one in the list. */
  async restoreSession(sessionId: SessionId): Promise<SessionRow> {
    await this.#user({ type: 'RestoreSession', sessionId });
    return this.#row(sessionId);
  }

  async renameSession(sessionId: SessionId, name: string): Promise<SessionRow> {
    await this.#user({ type: 'RenameSession', sessionId, name });
    return this.#row(sessionId);
  }

  /** Opens an address. The address that is shown already is loaded again. `AddressRefused` for one a session may not open. */
  async navigateSession(sessionId: SessionId, url: string): Promise<void> {
    const { records } = await this.#user({ type: 'NavigateSession', sessionId, url });
    if (records.length === 0) this.#run().views.reload(sessionId);
  }

  /** `NoSuchEntry` at the oldest page. */
  async goBack(sessionId: SessionId): Promise<void> {
    await this.#user({ type: 'TraverseHistory', sessionId, offset: -1 });
  }

  /** `NoSuchEntry` at the newest page. */
  async goForward(sessionId: SessionId): Promise<void> {
    await this.#user({ type: 'TraverseHistory', sessionId, offset: 1 });
  }

  /** Loads the page again. Appends nothing. */
  reloadSession(sessionId: SessionId): void {
    this.#listed(sessionId);
    this.#run().views.reload(sessionId);
  }

  /** Stops loading. Appends nothing. */
  stopSession(sessionId: SessionId): void {
    this.#listed(sessionId);
    this.#run().views.stop(sessionId);
  }

  /**
   * Takes back the person's newest action that is not undone yet, whenever and in whichever run it was, or just the action
   * named, keeping those after it. Repeated, it goes further back. `NothingToUndo` when nothing is left, or when the named
   * action is undone already or its effect is no longer there.
   */
  async undo(actionId?: string): Promise<UndoneAction> {
    const done = await this.#run().executor.execute(async (table) => {
      const undo = await decideUndo(this.options.log, table, actionId);
      if (undo === null) return null;
      return {
        ...undo,
        actor: 'undo',
        correlationId: this.options.newId(),
        causationId: null,
        undoes: undo.event.correlationId,
        sessionId: undo.event.data.sessionId,
      };
    });
    if (done === null) throw new RetraceError('NothingToUndo', 'There is nothing left to undo.');
    const { event, sessionId } = done.intent;
    return { actionId: event.correlationId, sessionId, label: labelOf(this.table, event) };
  }

  /** The sessions in the list, in its order; `false` leaves those out that sleep. Deleted ones are never in it. */
  listSessions(includeInactive = true): readonly SessionRow[] {
    return listedSessions(this.table).filter((row) => includeInactive || row.isActive);
  }

  /** The session shown, or null. */
  getActiveSession(): SessionId | null {
    return this.table.activeSessionId;
  }

  /** Events as they were recorded, the newest first. */
  async readTimeline(
    query: ChannelArguments<'timeline:read'>[0],
  ): Promise<{ readonly events: readonly RecordedEvent[]; readonly hasMore: boolean }> {
    try {
      return await readTimeline(this.options.log, query);
    } catch (error) {
      throw toRetraceError(error);
    }
  }

  /**
   * The table as it was when the log had come to `position`, 0 for before the first event. Costs folding the events since the
   * snapshot before it. `InvalidInput` for a position that the log does not have.
   */
  async stateAt(position: number): Promise<SessionTable> {
    const { log, snapshotEvery, desktop } = this.options;
    try {
      const head = await log.head();
      if (!Number.isInteger(position) || position < 0 || position > head) {
        throw new RetraceError('InvalidInput', `The log has the positions 0 to ${head}, not ${position}.`);
      }
      return (await foldUpTo(log, position, { every: snapshotEvery, desktop })).table;
    } catch (error) {
      throw toRetraceError(error);
    }
  }

  /** Resolves once all that a session's view has reported is in the log and in the stored rows. */
  async saveSessionState(sessionId: SessionId): Promise<void> {
    this.#listed(sessionId);
    await this.settled();
  }

  /** Resolves once every command and report until now is in the log, in the table and in the stored rows. */
  async settled(): Promise<void> {
    const { executor, rows } = this.#run();
    await executor.idle();
    try {
      await rows.flush();
    } catch (error) {
      throw toRetraceError(error);
    }
  }

  /** Finishes what was asked for, stores the rows, closes every view. Later calls are refused with `ShuttingDown`. */
  destroy(): Promise<void> {
    this.#destroying ??= this.#destroy();
    return this.#destroying;
  }

  async #destroy(): Promise<void> {
    if (this.#running === null) return;
    const { executor, views, rows, projection, snapshotsKept } = this.#running;
    await executor.close();
    await views.destroy();
    rows.stop();
    try {
      await rows.flush();
    } catch (error) {
      // Nothing is lost: the next start folds from the log what the rows lack.
      this.options.onNotice(toRetraceError(error).message);
    } finally {
      projection.stop();
      await snapshotsKept;
    }
  }

  async #load(): Promise<void> {
    const { log, host, clock, newId, appVersion, maxLiveViews = 10, onNotice, desktop } = this.options;
    const { snapshotEvery = SNAPSHOT_EVERY } = this.options;
    const { folded, stored } = await startFromLog(log, onNotice, desktop);
    const projection = createSessionProjection(log, folded);
    const executor = new CommandExecutor({ log, projection, clock, newId, appVersion });
    const rows = new RowWriter(log.rows, stored, projection.current, (error) =>
      onNotice(toRetraceError(error).message),
    );
    const views = new ViewReconciler({
      host,
      newId,
      maxLiveViews,
      onNotice,
      table: () => projection.current().table,
      submit: (make, origin) => {
        executor
          .execute((table) => reported(make, origin, table))
          .catch((error: unknown) => {
            const failure = toRetraceError(error);
            if (!TOO_LATE.has(failure.code)) onNotice(failure.message);
          });
      },
    });
    let toldUnread = false;
    const tellUnread = ({ unread }: Folded): void => {
      if (unread > 0 && !toldUnread) onNotice(unreadNotice(unread));
      toldUnread = unread > 0;
    };
    tellUnread(folded);
    projection.steps$.subscribe({
      next: (step) => {
        rows.changed();
        views.step(step);
        tellUnread(step.folded);
      },
      error: (error: unknown) => onNotice(toRetraceError(error).message),
    });
    const snapshotsKept = keepSnapshots(
      log,
      projection.steps$,
      snapshotEvery,
      (error) => onNotice(toRetraceError(error).message),
      // How the projection itself fails is told above.
    ).catch(() => undefined);
    this.#running = { projection, executor, rows, views, snapshotsKept };
    this.#started.next(this.#running);
    rows.changed();
    views.start();
  }

  /** What a person asks for: an action of its own. */
  async #user(command: Command): Promise<{ actionId: string; records: readonly EventRecord[] }> {
    const actionId = this.options.newId();
    const done = await this.#run().executor.execute((table) => ({
      actor: 'user',
      correlationId: actionId,
      causationId: null,
      undoes: null,
      sessionId: command.sessionId,
      decision: decide(table, command),
    }));
    return { actionId, records: done?.records ?? [] };
  }

  #run(): Running {
    if (this.#running === null) {
      throw new RetraceError('Internal', 'The sessions have not been loaded yet.');
    }
    return this.#running;
  }

  #row(sessionId: SessionId): SessionRow {
    const row = sessionIn(this.table, sessionId);
    if (row === undefined) throw new RetraceError('SessionNotFound', 'There is no such session.');
    return row;
  }

  #listed(sessionId: SessionId): void {
    const decision = withListed(this.table, sessionId, () => accept());
    if (!decision.ok) throw new RetraceError(decision.failure.code, decision.failure.message);
  }
}

/** What a view's report comes to, when it is still news in its turn. */
function reported(make: () => Command | null, origin: Origin, table: SessionTable): Intent | null {
  const command = make();
  if (command === null) return null;
  return { ...origin, undoes: null, sessionId: command.sessionId, decision: decide(table, command) };
}

/** How a report ends that came too late: its session went to the trash or to another desktop, or the application is closing. */
const TOO_LATE: ReadonlySet<ErrorCode> = new Set([
  'OpenElsewhere',
  'SessionDeleted',
  'SessionNotFound',
  'ShuttingDown',
]);
