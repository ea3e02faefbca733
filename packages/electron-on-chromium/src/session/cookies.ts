import { EventEmitter } from 'node:events';
import type { Cookie, CookiesGetFilter, CookiesSetDetails } from 'electron';
import type { Lease, PartitionHost } from '../browser/partition-host.ts';
import type { CdpSession } from '../cdp/session.ts';
import { ElectronEvent } from '../electron-event.ts';
import { cookieKey, matchesFilter, toCookieParam, toElectronCookie } from './cookie-conversion.ts';
import { watchCookieWrites } from './cookie-watch.ts';

/**
 * How long a partition's process is kept for a page to come, after a cookie was set without one, in milliseconds. Without it,
 * a session-only cookie would be gone before the page that needs it exists; in Electron it lives until the app quits.
 */
const waitForPage = 30_000;

/** `session.cookies`: the cookie store of one partition. Each call starts the partition's process if it is not running. */
export class Cookies extends EventEmitter {
  readonly #host: PartitionHost;
  readonly #pages = new Map<CdpSession, () => void>();
  #kept: { readonly lease: Lease; readonly timer: NodeJS.Timeout } | undefined;
  /** The store as it was last looked at; only looked at while somebody listens for changes. */
  #known: ReadonlyMap<string, Cookie> | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #expiry: NodeJS.Timeout | undefined;

  constructor(host: PartitionHost) {
    super();
    this.#host = host;
    this.on('newListener', (event) => {
      if (event !== 'changed' || this.listenerCount('changed') > 0) return;
      // The store as it is now is what the first change is measured against.
      for (const page of this.#pages.keys()) this.#watch(page);
      if (this.#pages.size > 0) this.#look('explicit');
    });
  }

  async get(filter: CookiesGetFilter): Promise<Cookie[]> {
    const all = await this.#leased((lease) => readAll(lease));
    return all.filter((cookie) => matchesFilter(cookie, filter));
  }

  /** Refused with `CookieRefusedError`. */
  async set(details: CookiesSetDetails): Promise<void> {
    const cookie = toCookieParam(details);
    await this.#lookFirst();
    const lease = await this.#host.lease();
    try {
      await lease.process.browser.send('Storage.setCookies', { cookies: [cookie], ...inContext(lease) });
    } catch (error) {
      await lease.release();
      throw error;
    }
    if (this.#pages.size > 0) await lease.release();
    else await this.#keep(lease);
    await this.#changed('explicit');
  }

  /** Removes every cookie of that name that a request for `url` would carry. */
  async remove(url: string, name: string): Promise<void> {
    await this.#lookFirst();
    await this.#leased(async (lease) => {
      const all = await readAll(lease);
      const expired = all
        .filter((cookie) => matchesFilter(cookie, { url, name }))
        .map(({ domain = '', path = '/', secure = false }) => ({
          name,
          value: '',
          url,
          path,
          secure,
          ...(domain.startsWith('.') ? { domain } : {}),
          // A date in the past is how this protocol removes a cookie without a page.
          expires: 1,
        }));
      if (expired.length > 0)
        await lease.process.browser.send('Storage.setCookies', { cookies: expired, ...inContext(lease) });
    });
    await this.#changed('explicit');
  }

  /** Chromium writes its store by itself, at the latest when the partition's process ends; this waits for what it was told. */
  async flushStore(): Promise<void> {
    await this.#leased((lease) => lease.process.browser.send('Storage.getCookies', inContext(lease)));
  }

  /** For the session only: a page of this partition has come, and holds the process from now on. */
  addPage(page: CdpSession): void {
    this.#pages.set(page, () => undefined);
    void page.detached.then(() => {
      this.#pages.get(page)?.();
      this.#pages.delete(page);
      if (this.#pages.size === 0) this.#forget();
    });
    if (this.listenerCount('changed') > 0) this.#watch(page);
    void this.#letGo();
  }

  #watch(page: CdpSession): void {
    this.#pages.set(
      page,
      watchCookieWrites(page, () => this.#look('explicit')),
    );
    this.#look('explicit');
  }

  /** Without pages nobody has looked at the store yet, which a change is measured against. */
  async #lookFirst(): Promise<void> {
    if (this.listenerCount('changed') > 0 && !this.#known) await this.#compare('explicit');
  }

  async #changed(cause: 'explicit'): Promise<void> {
    if (this.listenerCount('changed') === 0) return;
    this.#look(cause);
    await this.#looking;
  }

  /** One look at a time; what happens during one is seen by the next. */
  #look(cause: 'explicit' | 'expired'): void {
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = this.#compare(cause)
      .catch((error: unknown) => {
        // The process may end between a page's report and the look at its cookies: then there is nothing left to report.
        if (this.#pages.size > 0) throw error;
      })
      .finally(() => {
        this.#looking = undefined;
        if (this.#lookAgain) {
          this.#lookAgain = false;
          this.#look('explicit');
        }
      });
  }

  async #compare(cause: 'explicit' | 'expired'): Promise<void> {
    const now = new Map(
      (await this.#leased((lease) => readAll(lease))).map((cookie) => [cookieKey(cookie), cookie]),
    );
    const before = this.#known;
    this.#known = now;
    this.#waitForExpiry([...now.values()]);
    if (!before) return;
    for (const [key, cookie] of before) {
      const next = now.get(key);
      if (next && JSON.stringify(next) === JSON.stringify(cookie)) continue;
      this.emit('changed', new ElectronEvent(), cookie, next ? 'overwrite' : cause, true);
    }
    for (const [key, cookie] of now) {
      const old = before.get(key);
      if (old && JSON.stringify(old) === JSON.stringify(cookie)) continue;
      this.emit('changed', new ElectronEvent(), cookie, 'inserted', false);
    }
  }

  #waitForExpiry(cookies: readonly Cookie[]): void {
    clearTimeout(this.#expiry);
    const dates = cookies.flatMap(({ expirationDate }) =>
      expirationDate === undefined ? [] : [expirationDate],
    );
    if (dates.length === 0) return;
    const wait = Math.max(0, Math.min(...dates) * 1000 - Date.now()) + 1;
    // Longer waits do not fit a timer; a later look sets it again.
    if (wait >= 2 ** 31) return;
    this.#expiry = setTimeout(() => this.#look('expired'), wait).unref();
  }

  #forget(): void {
    this.#known = undefined;
    clearTimeout(this.#expiry);
  }

  async #keep(lease: Lease): Promise<void> {
    await this.#letGo();
    const timer = setTimeout(() => void this.#letGo(), waitForPage).unref();
    this.#kept = { lease, timer };
  }

  async #letGo(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    if (!kept) return;
    clearTimeout(kept.timer);
    await kept.lease.release();
  }

  async #leased<T>(use: (lease: Lease) => Promise<T>): Promise<T> {
    const lease = await this.#host.lease();
    try {
      return await use(lease);
    } finally {
      await lease.release();
    }
  }
}

async function readAll(lease: Lease): Promise<Cookie[]> {
  const { cookies } = await lease.process.browser.send('Storage.getCookies', inContext(lease));
  return cookies.map(toElectronCookie);
}

/** Leaving the member out means the profile itself. */
function inContext({ browserContextId }: Lease): { browserContextId?: string } {
  return browserContextId === undefined ? {} : { browserContextId };
}
