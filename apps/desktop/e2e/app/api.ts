import type { Answer, ElectronAPI, RecordedEvent, SessionRow } from '@retrace/protocol';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

declare global {
  interface Window {
    readonly electronAPI: ElectronAPI;
  }
}

type Sessions = Omit<ElectronAPI['sessions'], 'subscribe'>;
type Success<T> = T extends { readonly success: true } ? T : never;

/** How many events one reading of the timeline asks for: the most it may. */
const TIMELINE_PAGE = 500;

/** `window.electronAPI`, called in the application's own window as its interface calls it. */
export class Api {
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
  }

  /** Calls a method of `electronAPI.sessions` with anything at all, and gives its answer whatever it is. */
  ask(method: keyof Sessions, ...args: unknown[]): Promise<Answer> {
    return this.#window.evaluate(
      ([name, given]) =>
        (window.electronAPI.sessions[name] as (...all: unknown[]) => Promise<Answer>)(...given),
      [method, args] as const,
    );
  }

  /** As {@link ask}, for calls that must succeed. */
  async sessions<M extends keyof Sessions>(
    method: M,
    ...args: Parameters<Sessions[M]>
  ): Promise<Success<Awaited<ReturnType<Sessions[M]>>>> {
    const answer = await this.ask(method, ...args);
    if (!answer.success) throw new Error(`${method}: ${answer.error.code}: ${answer.error.message}`);
    // The preload answers what the typed map says of this method.
    return answer as Success<Awaited<ReturnType<Sessions[M]>>>;
  }

  /** The row of a session in the list. */
  async row(id: string): Promise<SessionRow> {
    const { sessions } = await this.sessions('list', true);
    const row = sessions.find((session) => session.id === id);
    if (row === undefined) throw new Error(`No session ${id} is in the list.`);
    return row;
  }

  /** The row of the session of that name, once it is in the list. */
  rowNamed(name: string): Promise<SessionRow> {
    return eventually(async () => {
      const { sessions } = await this.sessions('list', true);
      const row = sessions.find((session) => session.name === name);
      if (row === undefined) throw new Error(`No session is called “${name}”.`);
      return row;
    });
  }

  /** Every event after `position`, oldest first. */
  async events(position = 0): Promise<RecordedEvent[]> {
    const newestFirst: RecordedEvent[] = [];
    for (;;) {
      const before = newestFirst.at(-1)?.position;
      const answer = await this.#window.evaluate(
        (query) => window.electronAPI.timeline.read(query),
        before === undefined ? { limit: TIMELINE_PAGE } : { limit: TIMELINE_PAGE, before },
      );
      if (!answer.success) throw new Error(`timeline: ${answer.error.code}: ${answer.error.message}`);
      newestFirst.push(...answer.events);
      const oldest = newestFirst.at(-1)?.position ?? 0;
      if (!answer.hasMore || oldest <= position) {
        return newestFirst.filter((event) => event.position > position).reverse();
      }
    }
  }

  /** The newest position of the log. */
  async position(): Promise<number> {
    return (await this.events()).at(-1)?.position ?? 0;
  }
}
