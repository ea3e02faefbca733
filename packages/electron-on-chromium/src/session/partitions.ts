import { join } from 'node:path';
import { findBrowser } from '../browser/find-browser.ts';
import { BrowserProcess } from '../browser/browser-process.ts';
import { ContextHost, type PartitionHost, ProcessHost } from '../browser/partition-host.ts';
import { Targets } from '../browser/targets.ts';

export interface PartitionSettings {
  /** Electron's `userData`; asked for when the first process starts, because an app may move it before. */
  readonly userData: () => string;
  /** Where the windows of the default session are: on a person's display or nowhere. */
  readonly display: 'window' | 'headless';
  readonly switches: () => readonly string[];
}

let settings: PartitionSettings | undefined;

/** Called once, when the app starts. */
export function configurePartitions(wanted: PartitionSettings): void {
  settings = wanted;
}

/** Whether a person can see the windows. */
export function isOnDisplay(): boolean {
  return settings?.display === 'window';
}

function configured(): PartitionSettings {
  if (!settings) throw new Error('Session can only be received when app is ready');
  return settings;
}

/** The profile directory of a `persist:` partition. Names may hold any character; directories may not. */
export function partitionDirectory(userData: string, name: string): string {
  return join(userData, 'Partitions', encodeURIComponent(name).replaceAll('*', '%2A'));
}

/** Where one session's storage lives. `directory` is null for a partition in memory. */
export interface Partition {
  readonly host: PartitionHost;
  /**
   * Where its views are. Chromium draws a page in one place only, so where the default session's pages are windows on a display,
   * its views live in a process beside, with a storage of their own.
   */
  readonly viewHost: PartitionHost;
  readonly directory: () => string | null;
}

export function defaultPartition(): Partition {
  const directory = () => configured().userData();
  const start = async () => {
    const { display, switches } = configured();
    return startProcess(join(directory(), 'Default'), display, switches());
  };
  const host = new ProcessHost(start);
  return { host, viewHost: besideWindows(host), directory };
}

/** Drawn inside a window's page, so its own process never needs a display. */
export function persistentPartition(name: string): Partition {
  const directory = () => partitionDirectory(configured().userData(), name);
  const host = new ProcessHost(() => startProcess(directory(), 'headless', configured().switches()));
  return { host, viewHost: host, directory };
}

/** A context, of which nothing is written. */
export function memoryPartition(standard: PartitionHost): Partition {
  const host = new ContextHost(besideWindows(standard));
  return { host, viewHost: host, directory: () => null };
}

/** The default session's process, or, where that one shows its pages on a display, one that shows nothing. */
function besideWindows(standard: PartitionHost): PartitionHost {
  return {
    lease: () => (configured().display === 'headless' ? standard.lease() : offscreen.lease()),
  };
}

const offscreen = new ProcessHost(() => {
  const { userData, switches } = configured();
  return startProcess(join(userData(), 'Offscreen'), 'headless', switches());
});

async function startProcess(profileDir: string, display: 'window' | 'headless', switches: readonly string[]) {
  const browser = findBrowser(display === 'window' ? 'full' : 'headless-shell');
  // Views are drawn with the pixels of the window that shows them, which a scale of their process would be counted on top of.
  const wanted =
    display === 'window'
      ? switches
      : switches.filter((one) => !one.startsWith('--force-device-scale-factor'));
  const process = await BrowserProcess.start({ browser, profileDir, display, switches: wanted });
  return { process, targets: await Targets.watch(process) };
}
