import { join } from 'node:path';
import { findBrowser } from '../browser/find-browser.ts';
import { BrowserProcess } from '../browser/browser-process.ts';
import { ContextHost, type PartitionHost, ProcessHost } from '../browser/partition-host.ts';
import { Targets } from '../browser/targets.ts';
import { unsupported } from '../unsupported.ts';
import type { Proxy } from './proxy.ts';

/** Chromium takes its proxy when it starts. */
export class ProxyTooLateError extends Error {
  override readonly name = 'ProxyTooLateError';
  constructor() {
    super('electron-on-chromium: set the proxy before the first page or cookie of the partition.');
  }
}

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
  /** Undefined is the system's. Throws when the partition's Chromium has started: it takes its proxy then. */
  readonly setProxy: (proxy: Proxy | undefined) => void;
  readonly directory: () => string | null;
}

export function defaultPartition(): Partition {
  const directory = () => configured().userData();
  const start = async () => {
    const { display, switches } = configured();
    return startProcess(join(directory(), 'Default'), display, switches());
  };
  const host = new ProcessHost(start);
  // Its Chromium starts before `ready`.
  const setProxy = () => unsupported('defaultSession.setProxy', 'start with --proxy-server instead');
  return { host, viewHost: besideWindows(host), directory, setProxy };
}

/** Drawn inside a window's page, so its own process never needs a display. */
export function persistentPartition(name: string): Partition {
  const directory = () => partitionDirectory(configured().userData(), name);
  let proxy: Proxy | undefined;
  const host = new ProcessHost(() =>
    startProcess(directory(), 'headless', [...configured().switches(), ...switchesOf(proxy)]),
  );
  const setProxy = (wanted: Proxy | undefined) => {
    if (host.isRunning) throw new ProxyTooLateError();
    proxy = wanted;
  };
  return { host, viewHost: host, directory, setProxy };
}

/** A context, of which nothing is written. */
export function memoryPartition(standard: PartitionHost): Partition {
  const host = new ContextHost(besideWindows(standard));
  const setProxy = (proxy: Proxy | undefined) => {
    if (host.isRunning) throw new ProxyTooLateError();
    host.proxy = proxy;
  };
  return { host, viewHost: host, directory: () => null, setProxy };
}

/** The default session's process, or, where that one shows its pages on a display, one that shows nothing. */
function besideWindows(standard: PartitionHost): PartitionHost {
  return {
    lease: () => (configured().display === 'headless' ? standard.lease() : offscreen.lease()),
  };
}

function switchesOf(proxy: Proxy | undefined): string[] {
  if (!proxy) return [];
  return [
    `--proxy-server=${proxy.server}`,
    ...(proxy.bypass === '' ? [] : [`--proxy-bypass-list=${proxy.bypass}`]),
  ];
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
