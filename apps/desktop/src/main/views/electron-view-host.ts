import type { ViewHost, ViewReport } from '@retrace/engine';
import type { NavigationList, SessionId, SessionRow } from '@retrace/protocol';
import { partitionOf } from '@retrace/protocol';
import type { Session } from 'electron';
import { Subject } from 'rxjs';
import { SessionView } from './session-view.ts';
import type { SessionViewOptions } from './session-view.ts';

/** How often the page that is shown is asked where it is scrolled to, in milliseconds. */
const SCROLL_MS = 1000;

export interface ElectronViewHostOptions extends Omit<SessionViewOptions, 'report'> {
  /** Electron's session of a partition. */
  readonly sessionOf: (partition: string) => Session;
}

/** The engine's views as Electron's `WebContentsView`s. */
export class ElectronViewHost implements ViewHost {
  readonly #reports = new Subject<ViewReport>();
  readonly reports$ = this.#reports.asObservable();
  readonly #views = new Map<SessionId, SessionView>();
  /** For each session the end of what was asked for last: its calls are carried out one after the other. */
  readonly #turns = new Map<SessionId, Promise<unknown>>();
  readonly #sampling: NodeJS.Timeout;

  constructor(private readonly options: ElectronViewHostOptions) {
    this.#sampling = setInterval(() => this.#keepScrollShown(), SCROLL_MS);
  }

  async open(row: SessionRow): Promise<void> {
    const { arrived } = await this.#inTurn(row.id, async () => {
      // Security row 4: nothing but the engine's own name of a partition is ever opened.
      if (row.partition !== partitionOf(row.provider, row.id)) {
        throw new Error(`${row.partition} is not the partition of ${row.id}.`);
      }
      const session = this.options.sessionOf(row.partition);
      const report = (said: ViewReport) => this.#reports.next(said);
      const opened = await SessionView.open(row, session, { ...this.options, report });
      this.#views.set(row.id, opened.view);
      return opened;
    });
    await arrived;
  }

  async drive(id: SessionId, navigation: NavigationList): Promise<void> {
    // A turn ends when the load has begun: what is asked for next, a stop or another load, must not wait for its end.
    const { arrived } = await this.#inTurn(id, () => ({
      arrived: this.#views.get(id)?.drive(navigation),
    }));
    await arrived;
  }

  async show(id: SessionId | null): Promise<void> {
    this.#keepScrollShown();
    if (id === null) this.options.layout.show(null);
    else await this.#inTurn(id, () => this.options.layout.show(id));
  }

  async reload(id: SessionId): Promise<void> {
    await this.#inTurn(id, () => this.#views.get(id)?.reload());
  }

  async stop(id: SessionId): Promise<void> {
    await this.#inTurn(id, () => this.#views.get(id)?.stop());
  }

  async close(id: SessionId): Promise<void> {
    await this.#inTurn(id, async () => {
      const view = this.#views.get(id);
      this.#views.delete(id);
      if (this.options.layout.shown === id) this.options.layout.show(null);
      await view?.close();
    });
  }

  async destroy(): Promise<void> {
    clearInterval(this.#sampling);
    await Promise.allSettled(this.#turns.values());
    this.#reports.complete();
    const closed = await Promise.allSettled([...this.#views.keys()].map((id) => this.close(id)));
    for (const outcome of closed) {
      if (outcome.status === 'rejected') this.options.note(`A view did not close: ${String(outcome.reason)}`);
    }
  }

  #keepScrollShown(): void {
    const { shown } = this.options.layout;
    const view = shown === null ? undefined : this.#views.get(shown);
    view?.keepScroll().catch((error: unknown) => {
      this.options.note(`The scroll could not be kept: ${String(error)}`);
    });
  }

  #inTurn<T>(id: SessionId, task: () => T | Promise<T>): Promise<T> {
    const before = this.#turns.get(id) ?? Promise.resolve();
    const turn = before.then(task);
    const end = turn.then(
      () => undefined,
      () => undefined, // The failure belongs to whoever asked; the next in turn goes on.
    );
    this.#turns.set(id, end);
    void end.then(() => {
      if (this.#turns.get(id) === end) this.#turns.delete(id);
    });
    return turn;
  }
}
