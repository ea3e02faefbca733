/* eslint-disable @typescript-eslint/require-await -- nothing here waits, but a refusal is a rejection as in every adapter */
import type { SnapshotTexts } from '../snapshots.ts';

/** Snapshots in memory, as text: what their writer does with its own objects later does not change them. */
export class MemorySnapshots implements SnapshotTexts {
  readonly #kept = new Map<string, Map<number, string>>();

  /** @param checkOpen throws once the log is closed */
  constructor(private readonly checkOpen: () => void) {}

  async save(name: string, position: number, text: string): Promise<void> {
    this.checkOpen();
    const kept = this.#kept.get(name) ?? new Map<number, string>();
    this.#kept.set(name, kept.set(position, text));
  }

  async newest(name: string, atOrBefore: number): ReturnType<SnapshotTexts['newest']> {
    this.checkOpen();
    const kept = [...(this.#kept.get(name) ?? [])].filter(([position]) => position <= atOrBefore);
    const [newest] = kept.sort(([a], [b]) => b - a);
    return newest === undefined ? null : { position: newest[0], text: newest[1] };
  }

  async drop(name: string, position: number | null): Promise<void> {
    this.checkOpen();
    if (position === null) this.#kept.delete(name);
    else this.#kept.get(name)?.delete(position);
  }

  /** Drops every snapshot that may hold what the event at a position said. */
  forgetFrom(position: number): void {
    for (const kept of this.#kept.values()) {
      for (const place of [...kept.keys()]) if (place >= position) kept.delete(place);
    }
  }
}
