/* eslint-disable @typescript-eslint/require-await -- nothing here waits, but a refusal is a rejection as in every adapter */
import { GENESIS, linkAfter } from '../chain/chain-link.ts';
import { sealOf, type ChainedEvent } from '../chain/chained-event.ts';
import { checkEvents } from '../chain/check-events.ts';
import { checkLines } from '../chain/check-lines.ts';
import { digestOf, sha256 } from '../chain/digest.ts';
import { eventLine } from '../chain/event-line.ts';
import { refusalOfImport } from '../chain/import-check.ts';
import { LogError } from '../errors.ts';
import type { ChainCheck, ChainLink, EventChain, LinesImported, RedactionRequest } from '../port.ts';

/** The events of a log in memory, with their chain. */
export class MemoryChain implements EventChain {
  readonly #events: ChainedEvent[] = [];

  /**
   * @param checkOpen throws once the log is closed
   * @param versions the newest version of each stream
   * @param onImported takes events that came in by an import
   */
  constructor(
    private readonly checkOpen: () => void,
    private readonly versions: ReadonlyMap<string, number>,
    private readonly onImported: (events: readonly ChainedEvent[]) => void,
  ) {}

  append(event: Omit<ChainedEvent, 'chain' | 'redaction'>): void {
    const { hash } = linkAfter(this.#newest(), event.version, digestOf(event, sha256(event.data)));
    this.#events.push({ ...event, redaction: null, chain: hash });
  }

  /** The event as it is from now on. */
  redact({ position, replacement, reason, redactedAt }: RedactionRequest): ChainedEvent {
    const event = this.#events[position - 1];
    if (event === undefined) throw new LogError('InvalidAppend', `The log has no position ${position}.`);
    const erased = { ...event, data: JSON.stringify(replacement) };
    const trace = { dataHash: event.redaction?.dataHash ?? sha256(event.data), redactedAt, reason };
    const redacted = { ...erased, redaction: { ...trace, seal: sealOf(erased, trace) } };
    this.#events[position - 1] = redacted;
    return redacted;
  }

  async head(): Promise<ChainLink> {
    this.checkOpen();
    return this.#newest();
  }

  async exportLines(after: number, limit: number): Promise<string> {
    this.checkOpen();
    return this.#events
      .slice(after, after + limit)
      .map(eventLine)
      .join('');
  }

  async check(link: ChainLink, limit: number): Promise<ChainCheck> {
    this.checkOpen();
    return checkEvents(link, this.#events.slice(link.position, link.position + limit));
  }

  async importLines(link: ChainLink, lines: string): Promise<LinesImported> {
    this.checkOpen();
    const head = this.#newest();
    if (head.position !== link.position || head.hash !== link.hash) return { kind: 'elsewhere', head };
    const checked = checkLines(link, lines);
    if (checked.kind === 'broken')
      return { kind: 'broken', position: checked.position, reason: checked.reason };
    const commandId = this.#events.at(-1)?.commandId ?? null;
    const refusal = refusalOfImport(checked.events, { commandId, versions: this.versions });
    if (refusal !== null) return refusal;
    this.#events.push(...checked.events);
    this.onImported(checked.events);
    return { kind: 'imported', link: checked.link };
  }

  #newest(): ChainLink {
    const newest = this.#events.at(-1);
    return newest === undefined ? GENESIS : { position: newest.position, hash: newest.chain };
  }
}
