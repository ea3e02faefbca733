/** How durable an acknowledged append is: kept through a killed process, or through a power cut. Only like is compared with like. */
export const DURABILITIES = ['power', 'process'] as const;
export type BenchDurability = (typeof DURABILITIES)[number];

/** The event that every subject appends: about as large as a navigation in a browser. */
export interface BenchEvent {
  readonly type: string;
  readonly data: {
    readonly sessionId: string;
    readonly url: string;
    readonly title: string;
    readonly kind: string;
  };
}

export function benchEvent(stream: string, number: number): BenchEvent {
  return {
    type: 'SessionNavigated',
    data: {
      sessionId: stream,
      url: `https://example.com/chat/${number}`,
      title: `Conversation number ${number}`,
      kind: 'link',
    },
  };
}

/** A store that is measured, open in this process. */
export interface Subject {
  /** Appends one event to a stream, expecting it to be at `version` (0 where it is not there yet). Rejects when it is not. */
  append(stream: string, version: number, event: BenchEvent): Promise<void>;
  close(): Promise<void>;
}

export interface Place {
  /** Empty, and its own. */
  readonly directory: string;
  readonly durability: BenchDurability;
  /** Where peers are installed. */
  readonly peers: string;
}

export type OpenSubject = (place: Place) => Promise<Subject>;
