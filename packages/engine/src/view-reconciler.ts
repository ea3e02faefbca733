import type {
  RecordedEvent,
  SessionId,
  SessionRow,
  SessionTable,
  ViewStatus,
  ViewStatuses,
} from '@retrace/protocol';
import type { Observable, Subscription } from 'rxjs';
import { BehaviorSubject } from 'rxjs';
import { isHere } from '@retrace/protocol';
import { sessionIn } from './decide/decision.ts';
import type { LiveViewOptions } from './live-view.ts';
import { LiveView } from './live-view.ts';
import type { ProjectionStep } from './projection.ts';
import { sessionsToSleep } from './sleep-policy.ts';
import type { ViewReport } from './view-host.ts';

export interface ViewReconcilerOptions extends LiveViewOptions {
  readonly maxLiveViews: number;
  readonly onNotice: (notice: string) => void;
}

const IDLE: ViewStatus = { loading: false, error: null };

/**
 * Keeps the views that exist equal to those that the session table asks for.
 *
 * 1. Live are: the session shown, and those created, activated, restored, woken or navigated in this run, as long as they
 *    are in the list, awake, and this desktop's where the log is shared. So a start opens one view, however many sessions there are.
 * 2. A navigation that a person or an undo recorded drives the view. One that a page reported never does: the view is
 *    there already.
 * 3. No more views than the cap: the sessions that the policy picks are put to sleep, by command like everything else.
 */
export class ViewReconciler {
  readonly statuses$: Observable<ViewStatuses>;
  readonly #statuses = new BehaviorSubject<ViewStatuses>({});
  readonly #live = new Map<SessionId, LiveView>();
  /** Sessions that were told to sleep and do not yet. */
  readonly #drowsy = new Set<SessionId>();
  readonly #reports: Subscription;
  #shown: SessionId | null = null;

  constructor(private readonly options: ViewReconcilerOptions) {
    this.statuses$ = this.#statuses.asObservable();
    this.#reports = options.host.reports$.subscribe((report) => this.#report(report));
  }

  get statuses(): ViewStatuses {
    return this.#statuses.value;
  }

  /** Opens the session shown, at the start of a run. */
  start(): void {
    this.#reconcile(new Map());
  }

  /** Brings the views from the table before a step to the one after it. */
  step({ events }: ProjectionStep): void {
    const causes = new Map<SessionId, RecordedEvent>();
    for (const event of events) {
      const id = openedBy(event);
      if (id === null) continue;
      causes.set(id, event);
      if (event.type === 'SessionNavigated') this.#drive(id, event);
    }
    this.#reconcile(causes);
  }

  /** Opens the view of a session that has none: its last one failed, or it has not been used in this run. */
  ensure(id: SessionId): void {
    const table = this.options.table();
    const row = sessionIn(table, id);
    if (row !== undefined && isOpenHere(table, row) && !this.#live.has(id)) this.#open(row, undefined);
    this.#reconcile(new Map());
  }

  /** Loads the page again. Needs no event: the session is where it was. */
  reload(id: SessionId): void {
    if (this.#live.has(id)) this.#watch(id, this.options.host.reload(id));
    else this.ensure(id);
  }

  stop(id: SessionId): void {
    if (this.#live.has(id)) this.#watch(id, this.options.host.stop(id));
  }

  /** Closes every view. Nothing is reported or opened afterwards. */
  async destroy(): Promise<void> {
    this.#reports.unsubscribe();
    this.#live.clear();
    await this.options.host.destroy();
    this.#statuses.next({});
    this.#statuses.complete();
  }

  #reconcile(causes: ReadonlyMap<SessionId, RecordedEvent>): void {
    const table = this.options.table();
    const { activeSessionId } = table;
    const wanted = new Set([...(activeSessionId === null ? [] : [activeSessionId]), ...causes.keys()]);
    for (const id of wanted) {
      const row = sessionIn(table, id);
      if (row !== undefined && isOpenHere(table, row) && !this.#live.has(id)) this.#open(row, causes.get(id));
    }
    this.#show(activeSessionId);
    for (const id of this.#live.keys()) {
      const row = sessionIn(table, id);
      if (row === undefined || !isOpenHere(table, row)) this.#close(id);
    }
    this.#keepCap(table);
  }

  #open(row: SessionRow, cause: RecordedEvent | undefined): void {
    const view = new LiveView(this.options, row, cause);
    this.#live.set(row.id, view);
    this.#setStatus(row.id, IDLE);
    view.opened.catch(() => {
      if (this.#live.get(row.id) === view) this.#forget(row.id);
    });
    this.#watch(row.id, view.opened);
  }

  #drive(id: SessionId, cause: RecordedEvent): void {
    const view = this.#live.get(id);
    const row = sessionIn(this.options.table(), id);
    if (view === undefined || row === undefined) return;
    this.#watch(id, view.drive(row.metadata.navigation, cause));
  }

  #show(id: SessionId | null): void {
    const shown = id !== null && this.#live.has(id) ? id : null;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#watch(shown, this.options.host.show(shown));
  }

  #close(id: SessionId): void {
    this.#forget(id);
    this.#watch(id, this.options.host.close(id));
  }

  #forget(id: SessionId): void {
    this.#live.delete(id);
    this.#drowsy.delete(id);
    if (this.#shown === id) this.#shown = null;
    this.#setStatus(id, null);
  }

  #keepCap(table: SessionTable): void {
    const { maxLiveViews, submit, newId } = this.options;
    const live = [...this.#live.keys()].flatMap((id) => sessionIn(table, id) ?? []);
    for (const id of sessionsToSleep(live, table.activeSessionId, maxLiveViews)) {
      if (this.#drowsy.has(id)) continue;
      this.#drowsy.add(id);
      submit(
        () => {
          this.#drowsy.delete(id);
          // Shown or closed since: it stays as it is.
          const stays = this.options.table().activeSessionId === id || !this.#live.has(id);
          return stays ? null : { type: 'SleepSession', sessionId: id };
        },
        { actor: 'system', correlationId: newId(), causationId: null },
      );
    }
  }

  #report(report: ViewReport): void {
    const view = this.#live.get(report.sessionId);
    // A view that was closed may still have something to say; nobody is interested.
    if (view === undefined) return;
    if (report.kind !== 'loading') view.report(report);
    else this.#setStatus(report.sessionId, { loading: report.loading, error: report.error });
  }

  #setStatus(id: SessionId, status: ViewStatus | null): void {
    const rest = Object.entries(this.#statuses.value).filter(([other]) => other !== id);
    this.#statuses.next(Object.fromEntries(status === null ? rest : [...rest, [id, status]]));
  }

  /** Says it when the host fails: nobody else waits for what it does. */
  #watch(id: SessionId | null, done: Promise<void>): void {
    done.catch((error: unknown) => {
      const name = id === null ? undefined : sessionIn(this.options.table(), id)?.name;
      const page = name === undefined ? 'A page' : `The page of “${name}”`;
      const why = error instanceof Error ? error.message : String(error);
      this.options.onNotice(`${page} did not do what was asked: ${why}`);
    });
  }
}

function isOpenHere(table: SessionTable, row: SessionRow): boolean {
  return row.deletedAt === null && row.isActive && isHere(table, row);
}

/** The session that an event gives a view to, or null. What a page reports gives none: the page has one. */
function openedBy(event: RecordedEvent): SessionId | null {
  switch (event.type) {
    case 'SessionCreated':
    case 'SessionActivated':
    case 'SessionRestored':
    case 'SessionWoken':
      return event.data.sessionId;
    case 'SessionNavigated':
      return event.actor === 'page' ? null : event.data.sessionId;
    case 'SessionDeleted':
      return event.data.nextActiveId;
    case 'SessionClaimed':
    case 'SessionPageDescribed':
    case 'SessionRenamed':
    case 'SessionSlept':
    case 'ViewCrashed':
      return null;
  }
}
