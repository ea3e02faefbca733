/** One request, as the server saw it. */
export interface LoggedRequest {
  /** From 1, in the order of arrival. */
  readonly number: number;
  readonly method: string;
  /** `site` for 127.0.0.1, `identity` for localhost. */
  readonly server: 'site' | 'identity';
  /** Path and query. */
  readonly path: string;
  /** The account that the request's login cookie stands for; null for a stranger. */
  readonly account: string | null;
}

interface Waiter {
  readonly wanted: (request: LoggedRequest) => boolean;
  readonly resolve: (request: LoggedRequest) => void;
}

/** The judge of the end-to-end tests: what really reached the server, and from whom. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];
  readonly #waiters = new Set<Waiter>();

  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** How many requests have come; pass it to {@link since} later. */
  get mark(): number {
    return this.#entries.length;
  }

  /** The requests that came after `mark`. */
  since(mark: number): readonly LoggedRequest[] {
    return this.#entries.slice(mark);
  }

  add(request: Omit<LoggedRequest, 'number'>): void {
    const entry = { ...request, number: this.#entries.length + 1 };
    this.#entries.push(entry);
    for (const waiter of this.#waiters) {
      if (!waiter.wanted(entry)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(entry);
    }
  }

  /** The first request for `path` after `mark`: the one that came, or the one that will. */
  arrival(path: string, mark: number): Promise<LoggedRequest> {
    const wanted = (request: LoggedRequest) => request.path === path && request.number > mark;
    const known = this.#entries.find(wanted);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => this.#waiters.add({ wanted, resolve }));
  }
}
