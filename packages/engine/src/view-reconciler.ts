import type {
  Actor,
  Command,
  NavigationList,
  RecordedEvent,
  SessionId,
  SessionRow,
  SessionTable,
  ViewStatus,
  ViewStatuses,
} from '@retrace/protocol';
import type { Observable, Subscription } from 'rxjs';
import { BehaviorSubject } from 'rxjs';
import { sessionIn } from './decide/decision.ts';
import { causeOf } from './navigation-cause.ts';
import { sameNavigation } from './navigation-change.ts';
import { boundedFavicon, boundedNavigation, boundedTitle, boundedUrl } from './page-report.ts';
import type { ProjectionStep } from './projection.ts';
import { sessionsToSleep } from './sleep-policy.ts';
import type { ViewHost, ViewReport } from './view-host.ts';

/** What a command follows from. */
export interface Origin {
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId: string | null;
}

export interface ViewReconcilerOptions {
  readonly host: ViewHost;
  /** The table now. */
  readonly table: () => SessionTable;
  /** Has a command decided in its turn. It is made then, with the newest table, or withdrawn by null. */
  readonly submit: (make: () => Command | null, origin: Origin) => void;
  readonly newId: () => string;
  readonly maxLiveViews: number;
  readonly onNotice: (notice: string) => void;
}

interface LiveView {
  /** The list that the view reported last or was asked for. */
  known: NavigationList;
  /** The lists that the host was asked for and has not come to yet, oldest first. */
  asked: NavigationList[];
  /** What the next report follows from: the event that opened or drove the view, or what the page did by itself. */
  origin: Omit<Origin, 'actor'>;
  /** How often it was driven. */
  drives: number;
}

const IDLE: ViewStatus = { loading: false, error: null };

/**
 * Keeps the views that exist equal to those that the session table asks for, and hands what views report back as commands.
 *
 * 1. Live are: the session shown, and those created, activated, restored, woken or navigated in this run, as long as they
 *    are in the list and awake. So a start opens one view, however many sessions there are.
 * 2. A navigation that a person or an undo recorded drives the view. One that a page reported never does: the view is
 *    there already.
 * 3. A report that confirms what was asked for records nothing, so opening a stored session adds no event.
 * 4. A report from before the newest drive is not recorded: it describes a list that is about to be replaced, and the
 *    drive's own report follows.
 */
export class ViewReconciler {
  readonly statuses$: Observable<ViewStatuses>;
  readonly #statuses = new BehaviorSubject<ViewStatuses>({});
  readonly #live = new Map<SessionId, LiveView>();
  readonly #falling = new Set<SessionId>();
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
      if (event.type === 'SessionNavigated') this.#drive(event);
    }
    this.#reconcile(causes);
  }

  /** Opens the view of a session that has none: its last one failed, or it has not been used in this run. */
  ensure(id: SessionId): void {
    const row = sessionIn(this.options.table(), id);
    if (row !== undefined && isAwake(row) && !this.#live.has(id)) this.#open(row, undefined);
    this.#reconcile(new Map());
  }

  reload(id: SessionId): void {
    if (this.#live.has(id)) this.#ask(id, this.options.host.reload(id));
    else this.ensure(id);
  }

  stop(id: SessionId): void {
    if (this.#live.has(id)) this.#ask(id, this.options.host.stop(id));
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
    const shownRow = table.activeSessionId === null ? undefined : sessionIn(table, table.activeSessionId);
    if (shownRow !== undefined && !this.#live.has(shownRow.id)) {
      this.#open(shownRow, causes.get(shownRow.id));
    }
    for (const [id, event] of causes) {
      const row = sessionIn(table, id);
      if (row !== undefined && isAwake(row) && !this.#live.has(id)) this.#open(row, event);
    }
    this.#show(table.activeSessionId);
    for (const id of [...this.#live.keys()]) {
      const row = sessionIn(table, id);
      if (row === undefined || !isAwake(row)) this.#close(id);
    }
    this.#keepCap(table);
  }

  #open(row: SessionRow, cause: RecordedEvent | undefined): void {
    const { navigation } = row.metadata;
    const view: LiveView = { known: navigation, asked: [], origin: this.#originOf(cause), drives: 0 };
    this.#live.set(row.id, view);
    this.#setStatus(row.id, IDLE);
    const opened = this.options.host.open(row);
    opened.catch(() => {
      if (this.#live.get(row.id) === view) this.#forget(row.id);
    });
    this.#await(row.id, view, navigation, opened);
  }

  #drive(cause: RecordedEvent): void {
    const row = sessionIn(this.options.table(), cause.data.sessionId);
    const view = this.#live.get(cause.data.sessionId);
    if (row === undefined || view === undefined) return;
    const { navigation } = row.metadata;
    if (sameNavigation(view.known, navigation)) return;
    view.known = navigation;
    view.origin = this.#originOf(cause);
    view.drives += 1;
    this.#await(row.id, view, navigation, this.options.host.drive(row.id, navigation));
  }

  #await(id: SessionId, view: LiveView, navigation: NavigationList, done: Promise<void>): void {
    view.asked.push(navigation);
    const over = () => {
      const place = view.asked.indexOf(navigation);
      // The host comes to its lists in order, so those asked for before are over too.
      if (place >= 0) view.asked.splice(0, place + 1);
    };
    done.then(over, (error: unknown) => {
      over();
      this.#notice(id, error);
    });
  }

  #show(id: SessionId | null): void {
    const shown = id !== null && this.#live.has(id) ? id : null;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#ask(shown, this.options.host.show(shown));
  }

  #close(id: SessionId): void {
    this.#forget(id);
    this.#ask(id, this.options.host.close(id));
  }

  #forget(id: SessionId): void {
    this.#live.delete(id);
    this.#falling.delete(id);
    if (this.#shown === id) this.#shown = null;
    this.#setStatus(id, null);
  }

  #keepCap(table: SessionTable): void {
    const live = [...this.#live.keys()].flatMap((id) => sessionIn(table, id) ?? []);
    for (const id of sessionsToSleep(live, table.activeSessionId, this.options.maxLiveViews)) {
      if (this.#falling.has(id)) continue;
      this.#falling.add(id);
      this.options.submit(
        () => {
          this.#falling.delete(id);
          // Shown or closed since: it stays as it is.
          const stays = this.options.table().activeSessionId === id || !this.#live.has(id);
          return stays ? null : { type: 'SleepSession', sessionId: id };
        },
        { actor: 'system', correlationId: this.options.newId(), causationId: null },
      );
    }
  }

  #report(report: ViewReport): void {
    const view = this.#live.get(report.sessionId);
    // A view that was closed may still have something to say; nobody is interested.
    if (view === undefined) return;
    switch (report.kind) {
      case 'navigated':
        this.#reportNavigation(view, { ...report, navigation: boundedNavigation(report.navigation) });
        return;
      case 'described': {
        const { sessionId, url, title, favicon } = report;
        this.#submit(view, () => ({
          type: 'RecordPage',
          sessionId,
          url: boundedUrl(url),
          title: boundedTitle(title),
          favicon: boundedFavicon(favicon),
        }));
        return;
      }
      case 'loading':
        this.#setStatus(report.sessionId, { loading: report.loading, error: report.error });
        return;
      case 'crashed': {
        const { sessionId, reason, exitCode } = report;
        this.#submit(view, () => ({
          type: 'RecordCrash',
          sessionId,
          reason: boundedTitle(reason),
          exitCode,
        }));
        return;
      }
    }
  }

  #reportNavigation(view: LiveView, report: Extract<ViewReport, { kind: 'navigated' }>): void {
    const { sessionId, navigation } = report;
    const confirmed = view.asked.findIndex((asked) => sameNavigation(asked, navigation));
    if (confirmed >= 0) {
      view.asked.splice(0, confirmed + 1);
      return;
    }
    // The page that is being left says something on its way out.
    if (view.asked.length > 0 && !report.driven && report.change === 'in-page') return;
    view.asked.length = 0;
    view.known = navigation;
    if (!report.driven) view.origin = this.#originOf(undefined);
    const { drives } = view;
    this.#submit(view, () => {
      const row = sessionIn(this.options.table(), sessionId);
      if (row === undefined || view.drives !== drives) return null;
      const cause = causeOf(report, row.metadata.navigation);
      return { type: 'RecordNavigation', sessionId, navigation, cause };
    });
  }

  #submit(view: LiveView, make: () => Command | null): void {
    this.options.submit(make, { ...view.origin, actor: 'page' });
  }

  #originOf(cause: RecordedEvent | undefined): Omit<Origin, 'actor'> {
    return cause === undefined
      ? { correlationId: this.options.newId(), causationId: null }
      : { correlationId: cause.correlationId, causationId: cause.eventId };
  }

  #setStatus(id: SessionId, status: ViewStatus | null): void {
    const rest = Object.entries(this.#statuses.value).filter(([other]) => other !== id);
    this.#statuses.next(Object.fromEntries(status === null ? rest : [...rest, [id, status]]));
  }

  #ask(id: SessionId | null, done: Promise<void>): void {
    done.catch((error: unknown) => this.#notice(id, error));
  }

  #notice(id: SessionId | null, error: unknown): void {
    const name = id === null ? undefined : sessionIn(this.options.table(), id)?.name;
    const of = name === undefined ? 'A page' : `The page of “${name}”`;
    const why = error instanceof Error ? error.message : String(error);
    this.options.onNotice(`${of} did not do what was asked: ${why}`);
  }
}

function isAwake(row: SessionRow): boolean {
  return row.deletedAt === null && row.isActive;
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
    case 'SessionPageDescribed':
    case 'SessionRenamed':
    case 'SessionSlept':
    case 'ViewCrashed':
      return null;
  }
}
