import type { SessionRow } from '@retrace/protocol';
import { startSite } from '../site/site.ts';
import type { Site } from '../site/site.ts';
import { newUserData, removeUserData, Retrace } from './retrace.ts';
import type { LaunchOptions } from './retrace.ts';

/** A local site, a folder of data, and the application that runs on it now. */
export class Stage {
  readonly site: Site;
  readonly #options: LaunchOptions;
  #retrace: Retrace;

  private constructor(site: Site, options: LaunchOptions, retrace: Retrace) {
    this.site = site;
    this.#options = options;
    this.#retrace = retrace;
  }

  static async open(window: 'shown' | 'hidden' = 'hidden'): Promise<Stage> {
    const options = { userData: await newUserData(), window };
    const retrace = await Retrace.launch(options);
    return new Stage(await startSite(), options, retrace);
  }

  get userData(): string {
    return this.#options.userData;
  }

  get retrace(): Retrace {
    return this.#retrace;
  }

  /** Ends the application and starts it again on the same data. */
  async restart({
    after,
    clockOffset,
  }: {
    readonly after: 'quit' | 'kill';
    readonly clockOffset?: string;
  }): Promise<void> {
    await this.#retrace[after]();
    const moved = clockOffset === undefined ? {} : { clockOffset };
    this.#retrace = await Retrace.launch({ ...this.#options, ...moved });
  }

  /** A new session, shown, at a page of the site. */
  async openSession(name: string, path: string): Promise<SessionRow> {
    const { api } = this.retrace;
    const url = this.site.origin + path;
    const { session } = await api.sessions('create', { provider: 'custom', name, url });
    await api.sessions('activate', session.id);
    await this.retrace.page(session).arrived(url);
    return session;
  }

  /** A new session, shown, in which a person has signed in to the site as `account`. */
  async openSignedIn(name: string, account: string): Promise<SessionRow> {
    const session = await this.openSession(name, '/login');
    const page = this.retrace.page(session);
    await page.type('input[name=account]', account);
    await page.click('button');
    await page.arrived(`${this.site.origin}/me`);
    return session;
  }

  async close(): Promise<void> {
    await this.#retrace.quit();
    await this.site.close();
    await removeUserData(this.#options.userData);
  }
}
