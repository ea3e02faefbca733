import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Subscription } from 'rxjs';
import { keptClustersIn } from '../opening/kept-aside.ts';
import type { EventLog } from '../port.ts';
import { backupsIn } from './backup-name.ts';
import { waitForBackup } from './backup-schedule.ts';
import { outlived, outlivedClusters } from './rotation.ts';
import { writeBackup } from './write-backup.ts';

export interface BackupKeeperOptions {
  readonly log: Pick<EventLog, 'access' | 'chain' | 'head' | 'committed$'>;
  /** Made when it is not there. One log's only. */
  readonly directory: string;
  /** The log's own directory, in which clusters are kept aside. */
  readonly logDirectory: string;
  readonly clock: () => Date;
  /** Hears that a backup could not be made, and that a cluster that was kept aside is gone. */
  readonly onNotice: (notice: string) => void;
}

/** A timer of Node cannot wait for longer than 24 days, and the clock may be set meanwhile. */
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/**
 * Makes backups of an open log by itself, from `start()` to `stop()`.
 *
 * Invariants:
 * 1. One backup is made at a time.
 * 2. An older backup is removed only after a newer one was written and verified.
 * 3. A backup that fails is said, and tried again later.
 * 4. A cluster that was kept beside the log is removed only four weeks later, after a backup was written and verified since.
 * 5. Of a log that is only read nothing is written: what a newer version keeps in it is not known.
 */
export class BackupKeeper {
  readonly #options: BackupKeeperOptions;
  readonly #stopping = new AbortController();
  #subscription: Subscription | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #appendedAt: number | null = null;
  #failedAt: number | null = null;

  constructor(options: BackupKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#options.log.access === 'read-only') return;
    this.#subscription = this.#options.log.committed$.subscribe(() => {
      this.#appendedAt = this.#now();
      // While a timer runs it looks again by itself.
      if (this.#timer === null) this.#look();
    });
    this.#look();
  }

  /** Resolves when no backup is being made, or looked for whether one is due. */
  async idle(): Promise<void> {
    await this.#looking;
  }

  /** Gives up a backup that is being made. To be called before the log is closed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#subscription?.unsubscribe();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#looking;
  }

  #look(): void {
    this.#looking ??= this.#makeIfDue()
      .catch((error: unknown) => {
        if (this.#stopping.signal.aborted) return;
        this.#failedAt = this.#now();
        this.#lookIn(LONGEST_WAIT_MS / 4);
        this.#options.onNotice(
          `A backup could not be made: ${String(error)}. Older ones were kept, and it is tried again later.`,
        );
      })
      .finally(() => {
        this.#looking = null;
      });
  }

  async #makeIfDue(): Promise<void> {
    const { log, directory } = this.#options;
    const wait = waitForBackup({
      now: this.#now(),
      head: await log.head(),
      newest: (await backupsIn(directory))[0] ?? null,
      appendedAt: this.#appendedAt,
      failedAt: this.#failedAt,
    });
    if (wait === null || this.#stopping.signal.aborted) return;
    if (wait > 0) {
      this.#lookIn(wait);
      return;
    }
    const madeAt = this.#options.clock();
    await writeBackup(log, { directory, madeAt, signal: this.#stopping.signal });
    this.#failedAt = null;
    for (const { name } of outlived(await backupsIn(directory), this.#now())) {
      await rm(join(directory, name), { force: true });
    }
    await this.#removeOutlivedClusters(madeAt.getTime());
    // For what was appended while it was made.
    this.#lookIn(LONGEST_WAIT_MS);
  }

  async #removeOutlivedClusters(backedUpAt: number): Promise<void> {
    const { logDirectory, onNotice } = this.#options;
    const kept = await keptClustersIn(logDirectory);
    for (const { name, keptAt } of outlivedClusters(kept, { backedUpAt, now: this.#now() })) {
      await rm(join(logDirectory, name), { recursive: true });
      onNotice(
        `An old copy of the log, kept on ${new Date(keptAt).toISOString().slice(0, 10)} as ${name}, was removed: a newer backup is whole.`,
      );
    }
  }

  #lookIn(wait: number): void {
    if (this.#stopping.signal.aborted) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#look();
      },
      Math.min(wait, LONGEST_WAIT_MS),
    );
    this.#timer.unref();
  }

  #now(): number {
    return this.#options.clock().getTime();
  }
}
