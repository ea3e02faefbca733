import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection } from '../cdp/connection.ts';
import { CdpClosedError } from '../cdp/errors.ts';
import type { CdpSession } from '../cdp/session.ts';
import type { FoundBrowser } from './find-browser.ts';
import { registerProcess } from './process-registry.ts';
import { claimProfile, untilProfileIsFree } from './profile-owner.ts';

export interface BrowserProcessOptions {
  readonly browser: FoundBrowser;
  /** Kept across starts; made when it is not there. */
  readonly profileDir: string;
  /** `window` shows a person's window on the display; `headless` draws into screencasts and screenshots only. */
  readonly display: 'window' | 'headless';
  /** Further Chromium switches, such as those of `app.commandLine`. */
  readonly switches: readonly string[];
}

/** In the words of Electron's `render-process-gone` and `child-process-gone`. */
export interface ProcessCrash {
  readonly reason: 'crashed' | 'killed';
  readonly exitCode: number;
}

/** Chromium did not start. The message says which one and why. */
export class BrowserStartError extends Error {
  override readonly name = 'BrowserStartError';
  constructor(
    readonly executable: string,
    reason: string,
  ) {
    super(`Chromium could not be started (${executable}): ${reason}. Start it by hand to see what it says.`);
  }
}

/** How long a process may take to write its profile after `Browser.close` before it is killed, in milliseconds. */
const closePatience = 5_000;

/**
 * One Chromium process on one profile directory, driven over a pipe.
 *
 * The pipe is also its leash: Chromium ends itself when the pipe closes, so nothing is left behind when this process
 * is killed.
 */
export class BrowserProcess {
  /** The root session: `Browser.*`, `Target.*`, `Storage.*`. */
  readonly browser: CdpSession;
  readonly pid: number;
  readonly profileDir: string;
  readonly display: 'window' | 'headless';
  /** Settles when the process has ended, whatever the reason. */
  readonly exited: Promise<void>;
  /** Settles when the process has ended although nobody has closed it; never settles for one that was closed. */
  readonly crashed: Promise<ProcessCrash>;
  readonly #child: ChildProcess;
  readonly #options: BrowserProcessOptions;
  #closing: Promise<void> | undefined;

  private constructor(
    child: ChildProcess,
    pid: number,
    connection: CdpConnection,
    options: BrowserProcessOptions,
  ) {
    this.#child = child;
    this.pid = pid;
    this.browser = connection.root;
    this.profileDir = options.profileDir;
    this.display = options.display;
    this.#options = options;
    this.exited = new Promise((resolve) => child.once('exit', () => resolve()));
    this.crashed = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        if (this.#closing) return;
        // What a shell answers for a process that a signal has ended.
        const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
        resolve({ reason: signal === 'SIGKILL' ? 'killed' : 'crashed', exitCode });
      });
    });
  }

  /** Settles when Chromium answers. Rejects with {@link BrowserStartError} when it ends before it does. */
  static async start(options: BrowserProcessOptions): Promise<BrowserProcess> {
    const { executable } = options.browser;
    await mkdir(options.profileDir, { recursive: true });
    await untilProfileIsFree(options.profileDir);
    const child = spawn(executable, switchesFor(options), {
      // Chromium's own messages are about the machine's buses and graphics; they would drown what the app prints.
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl+C in a terminal reaches the app only, which then quits in order; and one kill ends all.
      detached: process.platform !== 'win32',
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(new BrowserStartError(executable, error.message)));
      child.once('spawn', () => {
        if (child.pid !== undefined) resolve(child.pid);
      });
    });
    // Five pipes were asked for above, so the last two are there.
    const [, , , output, input] = child.stdio;
    const started = new BrowserProcess(
      child,
      pid,
      new CdpConnection(output as Writable, input as Readable),
      options,
    );
    await claimProfile(options.profileDir, pid);
    await started.browser.send('Browser.getVersion').catch((error: unknown) => {
      if (!(error instanceof CdpClosedError)) throw error;
      throw new BrowserStartError(executable, 'it ended before it answered');
    });
    registerProcess(started);
    return started;
  }

  /**
   * A window without a browser's frame around it. The protocol has no command for one: a second start on the same profile
   * hands its address to this process and ends.
   */
  openAppWindow(url: string): void {
    const { browser, profileDir, switches } = this.#options;
    spawn(
      browser.executable,
      ['--no-first-run', ...forThisUser(), `--user-data-dir=${profileDir}`, `--app=${url}`, ...switches],
      { stdio: 'ignore' },
    ).unref();
  }

  /** Lets Chromium write its profile and end; kills it when it does not within five seconds. Never rejects. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  /** Whether it ends because it was told to. */
  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  /** Ends the process and its children at once. */
  kill(): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    if (process.platform === 'win32') this.#child.kill('SIGKILL');
    else killGroup(this.pid);
  }

  async #close(): Promise<void> {
    const timer = setTimeout(() => this.kill(), closePatience);
    // It may end before it answers; what counts is that it has ended.
    this.browser.send('Browser.close').catch(() => undefined);
    await this.exited;
    clearTimeout(timer);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself at the same moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** What keeps Chromium quiet, deterministic and without a network request of its own. */
const quiet = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // A page in the back/forward cache keeps its worlds and bindings, which the runtime has taken back by then.
  '--disable-back-forward-cache',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-field-trial-config',
  '--disable-hang-monitor',
  // Electron's default: a page of a file may load its modules from files.
  '--allow-file-access-from-files',
  '--disable-infobars',
  '--disable-popup-blocking',
  '--disable-prompt-on-repost',
  '--disable-quic',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-service-autorun',
  '--password-store=basic',
  '--use-mock-keychain',
  `--disable-features=${[
    'DestroyProfileOnBrowserClose',
    'HttpsFirstBalancedModeAutoEnable',
    'HttpsUpgrades',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
    'Translate',
  ].join(',')}`,
];

/**
 * Chromium does not start its sandbox for root, and without the switch it does not start at all; containers often have no other
 * user. The second switch keeps it from saying so in a bar across the window.
 */
const forThisUser = () => (process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []);

function switchesFor({ browser, profileDir, display, switches }: BrowserProcessOptions): string[] {
  return [
    ...quiet,
    ...forThisUser(),
    `--user-data-dir=${profileDir}`,
    ...(display === 'headless' ? ['--headless', '--disable-gpu'] : []),
    ...(browser.kind === 'full' ? ['--no-startup-window'] : []),
    ...switches,
  ];
}
