import type { NavigationEntry, NavigationList, SessionId, SessionRow } from '@retrace/protocol';
import type { Observable } from 'rxjs';
import { Subject } from 'rxjs';
import { MAX_NAVIGATION_ENTRIES } from '../page-report.ts';
import type { ViewHost, ViewReport } from '../view-host.ts';

interface FakeView {
  entries: readonly NavigationEntry[];
  index: number;
}

/**
 * A browser in memory, made from {@link ViewHost}: every page exists, has its address as its title, and loads at once. The web
 * it browses can be given redirects and pages that never come; pages can be told to follow a link, to crash, and so on. Reports
 * come a turn later, as a real browser's do.
 */
export class FakeViewHost implements ViewHost {
  readonly reports$: Observable<ViewReport>;
  /** What was asked for, in order: `open <id>`, `drive <id> <url>`, `show <id or none>`, `reload`, `stop`, `close`, `destroy`. */
  readonly calls: string[] = [];
  readonly #reports = new Subject<ViewReport>();
  readonly #views = new Map<SessionId, FakeView>();
  readonly #redirects = new Map<string, string>();
  readonly #unreachable = new Set<string>();
  #shown: SessionId | null = null;

  constructor() {
    this.reports$ = this.#reports.asObservable();
  }

  get live(): readonly SessionId[] {
    return [...this.#views.keys()];
  }

  get shown(): SessionId | null {
    return this.#shown;
  }

  listOf(id: SessionId): NavigationList | null {
    const view = this.#views.get(id);
    return view === undefined ? null : ({ entries: view.entries, index: view.index } as NavigationList);
  }

  /** From now on loading `from` ends at `to`. */
  redirect(from: string, to: string): void {
    this.#redirects.set(from, to);
  }

  /** From now on loading `url` ends without a document. */
  unreachable(url: string): void {
    this.#unreachable.add(url);
  }

  open(session: SessionRow): Promise<void> {
    this.calls.push(`open ${session.id}`);
    const { navigation } = session.metadata;
    this.#views.set(session.id, { ...navigation });
    return this.#load(session.id, navigation, null);
  }

  drive(id: SessionId, navigation: NavigationList): Promise<void> {
    this.calls.push(`drive ${id} ${navigation.entries[navigation.index]?.url ?? 'nowhere'}`);
    const before = this.listOf(id);
    return before === null ? Promise.resolve() : this.#load(id, navigation, before);
  }

  show(id: SessionId | null): Promise<void> {
    this.calls.push(`show ${id ?? 'none'}`);
    this.#shown = id;
    return Promise.resolve();
  }

  reload(id: SessionId): Promise<void> {
    this.calls.push(`reload ${id}`);
    const list = this.listOf(id);
    return list === null ? Promise.resolve() : this.#load(id, list, list);
  }

  stop(id: SessionId): Promise<void> {
    this.calls.push(`stop ${id}`);
    return Promise.resolve();
  }

  close(id: SessionId): Promise<void> {
    this.calls.push(`close ${id}`);
    this.#views.delete(id);
    if (this.#shown === id) this.#shown = null;
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.calls.push('destroy');
    this.#views.clear();
    this.#shown = null;
    this.#reports.complete();
    return Promise.resolve();
  }

  /** The page follows a link: a new document after the entry shown. */
  click(id: SessionId, url: string): void {
    const target = this.#redirects.get(url) ?? url;
    this.#go(id, target, 'document', target !== url);
  }

  /** The page calls `history.pushState`. */
  pushState(id: SessionId, url: string): void {
    this.#go(id, url, 'in-page', false);
  }

  /** The page replaces the entry shown, as `location.replace` does. */
  replace(id: SessionId, url: string): void {
    const view = this.#view(id);
    const entries = [...view.entries];
    entries[view.index] = { url, title: url };
    this.#set(id, { entries, index: view.index }, 'document', true, false);
  }

  /** The page calls `history.go(offset)`. */
  traverse(id: SessionId, offset: number): void {
    const view = this.#view(id);
    const index = view.index + offset;
    if (view.entries[index] === undefined) return;
    this.#set(id, { entries: view.entries, index }, 'document', false, false);
  }

  /** The page changes its title, and its icon where one is given. */
  describe(id: SessionId, title: string, favicon: string | null = null): void {
    const { entries, index } = this.#view(id);
    this.#reports.next({ kind: 'described', sessionId: id, url: entries[index]?.url ?? '', title, favicon });
  }

  crash(id: SessionId): void {
    this.#view(id);
    this.#reports.next({ kind: 'crashed', sessionId: id, reason: 'crashed', exitCode: 139 });
  }

  /** Any report, for what no page of this browser does. */
  report(report: ViewReport): void {
    this.#reports.next(report);
  }

  async #load(id: SessionId, wanted: NavigationList, before: NavigationList | null): Promise<void> {
    // A turn later, as in a real browser. The view may be gone by then.
    await Promise.resolve();
    if (!this.#views.has(id)) return;
    const url = wanted.entries[wanted.index]?.url ?? 'about:blank';
    if (before !== null && this.#unreachable.has(url)) {
      this.#set(id, before, 'settled', false, true);
      return;
    }
    const target = this.#redirects.get(url);
    const entries = wanted.entries.map((entry, place) =>
      place === wanted.index && target !== undefined ? { url: target, title: target } : entry,
    );
    this.#set(id, { entries, index: wanted.index }, 'document', target !== undefined, true);
    this.describe(id, target ?? url);
  }

  #go(id: SessionId, url: string, change: 'document' | 'in-page', redirected: boolean): void {
    const { entries, index } = this.#view(id);
    const kept = entries.slice(0, index + 1).slice(-(MAX_NAVIGATION_ENTRIES - 1));
    this.#set(id, { entries: [...kept, { url, title: url }], index: kept.length }, change, redirected, false);
  }

  #set(
    id: SessionId,
    list: FakeView,
    change: 'document' | 'in-page' | 'settled',
    redirected: boolean,
    driven: boolean,
  ): void {
    this.#views.set(id, list);
    const navigation = { entries: [...list.entries], index: list.index };
    this.#reports.next({ kind: 'navigated', sessionId: id, navigation, change, redirected, driven });
  }

  #view(id: SessionId): FakeView {
    const view = this.#views.get(id);
    if (view === undefined) throw new Error(`There is no view of ${id}.`);
    return view;
  }
}
