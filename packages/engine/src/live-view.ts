import type {
  Actor,
  Command,
  NavigationList,
  RecordedEvent,
  SessionId,
  SessionRow,
  SessionTable,
} from '@retrace/protocol';
import { sessionIn } from './decide/decision.ts';
import { causeOf } from './navigation-cause.ts';
import { sameNavigation } from './navigation-change.ts';
import { boundedFavicon, boundedNavigation, boundedTitle, boundedUrl } from './page-report.ts';
import type { ViewHost, ViewReport } from './view-host.ts';

/** What a command follows from. */
export interface Origin {
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId: string | null;
}

export interface LiveViewOptions {
  readonly host: ViewHost;
  /** The table now. */
  readonly table: () => SessionTable;
  /** Has a command decided in its turn. It is made then, with the newest table, or withdrawn by null. */
  readonly submit: (make: () => Command | null, origin: Origin) => void;
  readonly newId: () => string;
}

/**
 * One session's view: what was asked of it, and what its reports come to.
 *
 * 1. A report that confirms what was asked for records nothing, so opening a stored session adds no event.
 * 2. A report from before the newest drive is not recorded: it tells of a list that is about to be replaced, and the drive's own
 *    report follows.
 * 3. What a page does by itself is an action of its own; a redirect, a title or an icon belong to what brought the page.
 */
export class LiveView {
  readonly #id: SessionId;
  /** The list that the view reported last or was asked for. */
  #known: NavigationList;
  /** The lists that the host was asked for and has not come to yet, oldest first. */
  #asked: NavigationList[] = [];
  /** What the next report follows from. */
  #origin: Omit<Origin, 'actor'>;
  #drives = 0;
  /** Settles when the host has opened the view, or could not. */
  readonly opened: Promise<void>;

  /** Opens the view. `cause` is the event that asked for it, if any did in this run. */
  constructor(
    private readonly options: LiveViewOptions,
    row: SessionRow,
    cause: RecordedEvent | undefined,
  ) {
    this.#id = row.id;
    this.#known = row.metadata.navigation;
    this.#origin = this.#originOf(cause);
    this.opened = this.#ask(this.#known, () => options.host.open(row));
  }

  /** Brings the view to the list that `cause` recorded. Rejects when the host could not. */
  async drive(navigation: NavigationList, cause: RecordedEvent): Promise<void> {
    if (sameNavigation(this.#known, navigation)) return;
    this.#known = navigation;
    this.#origin = this.#originOf(cause);
    this.#drives += 1;
    await this.#ask(navigation, () => this.options.host.drive(this.#id, navigation));
  }

  report(report: Exclude<ViewReport, { kind: 'loading' }>): void {
    const sessionId = this.#id;
    switch (report.kind) {
      case 'navigated':
        this.#navigated({ ...report, navigation: boundedNavigation(report.navigation) });
        return;
      case 'described':
        this.#submit(() => ({
          type: 'RecordPage',
          sessionId,
          url: boundedUrl(report.url),
          title: boundedTitle(report.title),
          favicon: boundedFavicon(report.favicon),
        }));
        return;
      case 'crashed': {
        const { exitCode } = report;
        this.#submit(() => ({
          type: 'RecordCrash',
          sessionId,
          reason: boundedTitle(report.reason),
          exitCode,
        }));
        return;
      }
    }
  }

  #navigated(report: Extract<ViewReport, { kind: 'navigated' }>): void {
    const { navigation } = report;
    const confirmed = this.#asked.findIndex((asked) => sameNavigation(asked, navigation));
    if (confirmed >= 0) {
      this.#asked.splice(0, confirmed + 1);
      return;
    }
    // The page that is being left says something on its way out.
    if (this.#asked.length > 0 && !report.driven && report.change === 'in-page') return;
    this.#asked = [];
    this.#known = navigation;
    const redirect = report.redirected && report.change === 'document';
    if (!report.driven && !redirect) this.#origin = this.#originOf(undefined);
    const drives = this.#drives;
    this.#submit(() => {
      const row = sessionIn(this.options.table(), this.#id);
      if (row === undefined || this.#drives !== drives) return null;
      const cause = causeOf(report, row.metadata.navigation);
      return { type: 'RecordNavigation', sessionId: this.#id, navigation, cause };
    });
  }

  async #ask(navigation: NavigationList, ask: () => Promise<void>): Promise<void> {
    this.#asked.push(navigation);
    try {
      await ask();
    } finally {
      // The host comes to its lists in order, so those asked for before are over too.
      this.#asked = this.#asked.slice(this.#asked.indexOf(navigation) + 1);
    }
  }

  #submit(make: () => Command | null): void {
    this.options.submit(make, { ...this.#origin, actor: 'page' });
  }

  #originOf(cause: RecordedEvent | undefined): Omit<Origin, 'actor'> {
    return cause === undefined
      ? { correlationId: this.options.newId(), causationId: null }
      : { correlationId: cause.correlationId, causationId: cause.eventId };
  }
}
