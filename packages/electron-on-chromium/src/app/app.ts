import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { liveProcesses, onProcessStarted } from '../browser/process-registry.ts';
import { ElectronEvent } from '../electron-event.ts';
import { onSessionCreated } from '../session/session.ts';
import { onContentsCreated, webContents } from '../web-contents/registry.ts';
import type { WebContents } from '../web-contents/web-contents.ts';
import { onCloseRefused, onWindowCreated, windows } from '../window/window-registry.ts';
import { CommandLine } from './command-line.ts';
import { AppPaths } from './paths.ts';
import { type SecondInstance, SingleInstance } from './single-instance.ts';

/** How the app was started: Electron's command line, read by the launcher. */
export interface Launch {
  readonly appPath: string;
  /** Everything after the executable. */
  readonly argv: readonly string[];
  readonly userDataDir: string | undefined;
}

interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
}

export class App extends EventEmitter {
  readonly commandLine: CommandLine;
  readonly isPackaged = false;
  readonly #appPath: string;
  readonly #paths: AppPaths;
  readonly #instance = new SingleInstance();
  readonly #ready: Promise<void>;
  #markReady: () => void = () => undefined;
  #isReady = false;
  #name: string;
  #version: string;
  #quitting: 'no' | 'asking' | 'closing' | 'quit' = 'no';
  #relaunch: Electron.RelaunchOptions | undefined;
  readonly #beforeExit: (() => Promise<void>)[] = [];

  constructor(launch: Launch) {
    super();
    this.#appPath = launch.appPath;
    const manifest = readManifest(launch.appPath);
    this.#name = manifest.productName ?? manifest.name ?? 'Electron';
    this.#version = manifest.version ?? process.versions.electron;
    this.commandLine = new CommandLine(launch.argv);
    this.#paths = new AppPaths(() => this.#name);
    if (launch.userDataDir !== undefined) this.#paths.set('userData', launch.userDataDir);
    this.#ready = new Promise((resolve) => (this.#markReady = resolve));

    onSessionCreated((session) => this.emit('session-created', session));
    onContentsCreated((contents) => {
      this.#follow(contents);
      this.emit('web-contents-created', new ElectronEvent(), contents);
    });
    onProcessStarted(({ crashed }) => {
      void crashed.then((crash) => {
        const details = { type: 'Utility', serviceName: 'chromium', name: 'Chromium', ...crash };
        this.emit('child-process-gone', new ElectronEvent(), details);
      });
    });
    // A window that stays takes the quit back.
    onCloseRefused(() => {
      if (this.#quitting === 'closing') this.#quitting = 'no';
    });
    onWindowCreated((window) => {
      this.emit('browser-window-created', new ElectronEvent(), window);
      window.on('focus', () => this.emit('browser-window-focus', new ElectronEvent(), window));
      window.on('blur', () => this.emit('browser-window-blur', new ElectronEvent(), window));
      // Before the listeners of the app look at it, the window is still in the list.
      window.on('closed', () => queueMicrotask(() => this.#windowClosed()));
    });
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return this.#version;
  }

  getAppPath(): string {
    return this.#appPath;
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    this.#paths.set('logs', path ?? this.#paths.get('logs'));
  }

  getLocale(): string {
    const lang = this.commandLine.getSwitchValue('lang');
    return lang === '' ? this.getSystemLocale() : lang;
  }

  getSystemLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  getLocaleCountryCode(): string {
    return new Intl.Locale(this.getSystemLocale()).region ?? '';
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getSystemLocale()];
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  /** Every page runs in Chromium's sandbox already; under root Chromium has none, and the launcher says so. */
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  disableHardwareAcceleration(): void {
    if (this.#isReady)
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    this.commandLine.appendSwitch('disable-gpu');
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const second: SecondInstance = {
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData,
    };
    return this.#instance.acquire(
      this.getPath('userData'),
      second,
      ({ argv, workingDirectory, additionalData: data }) => {
        const tell = () =>
          this.emit('second-instance', new ElectronEvent(), [...argv], workingDirectory, data);
        void this.#ready.then(tell);
      },
    );
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance.isHeld;
  }

  releaseSingleInstanceLock(): void {
    this.#instance.release();
  }

  /** The main process and the Chromium of each partition that has one; what they use of the machine is not measured. */
  getAppMetrics(): Pick<Electron.ProcessMetric, 'pid' | 'type' | 'name'>[] {
    return [
      { pid: process.pid, type: 'Browser' },
      ...liveProcesses().map(({ pid }) => ({ pid, type: 'Tab' as const, name: 'Chromium' })),
    ];
  }

  focus(): void {
    windows.all()[0]?.focus();
  }

  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.#relaunch = options;
  }

  /** Asks every window to close, then quits; a listener of `before-quit`, `close` or `will-quit` may refuse. */
  quit(): void {
    if (this.#quitting !== 'no') return;
    this.#quitting = 'asking';
    if (this.#refuses('before-quit')) {
      this.#quitting = 'no';
      return;
    }
    this.#quitting = 'closing';
    const open = windows.all();
    if (open.length === 0) {
      this.#quit();
      return;
    }
    for (const window of open) window.close();
  }

  /** Ends without asking anybody; `before-quit` and `will-quit` are not told. */
  exit(exitCode = 0): void {
    this.#quitting = 'quit';
    for (const window of windows.all()) window.destroy();
    this.#end(exitCode);
  }

  /** Internal: an app may have quit before it was ready, a second instance for example. */
  get hasQuit(): boolean {
    return this.#quitting === 'quit';
  }

  /** Internal: for the launcher, once the app's main module has run. */
  becomeReady(): void {
    if (this.hasQuit) return;
    this.#isReady = true;
    this.#instance.endUnused();
    this.emit('will-finish-launching');
    this.#markReady();
    this.emit('ready', new ElectronEvent(), {});
  }

  /** Internal: runs before the process ends, for processes that have to write something. */
  beforeExit(task: () => Promise<void>): void {
    this.#beforeExit.push(task);
  }

  #follow(contents: WebContents): void {
    contents.on('login', (event: unknown, ...args: unknown[]) =>
      this.emit('login', event, contents, ...args),
    );
    contents.on('render-process-gone', (_event: unknown, details: Electron.RenderProcessGoneDetails) =>
      this.emit('render-process-gone', new ElectronEvent(), contents, details),
    );
  }

  #windowClosed(): void {
    if (windows.all().length > 0 || this.#quitting === 'quit') return;
    if (this.#quitting === 'closing') {
      this.#quit();
      return;
    }
    // Without a listener Electron quits; with one it is the app's to decide.
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  #refuses(event: 'before-quit' | 'will-quit'): boolean {
    const asked = new ElectronEvent();
    this.emit(event, asked);
    return asked.defaultPrevented;
  }

  #quit(): void {
    if (this.#refuses('will-quit')) {
      this.#quitting = 'no';
      return;
    }
    this.#quitting = 'quit';
    this.#end(0);
  }

  #end(exitCode: number): void {
    this.emit('quit', new ElectronEvent(), exitCode);
    if (this.#relaunch) this.#startAgain(this.#relaunch);
    for (const contents of webContents.getAllWebContents()) contents.close();
    void Promise.allSettled(this.#beforeExit.map((task) => task())).then(() => {
      // Playwright lets go of the debugger when it reads this line, as it does with Electron.
      process.exit(exitCode);
    });
  }

  #startAgain({ args, execPath }: Electron.RelaunchOptions): void {
    spawn(execPath ?? this.getPath('exe'), args ?? process.argv.slice(1), {
      detached: true,
      stdio: 'ignore',
    }).unref();
  }
}

function readManifest(appPath: string): Manifest {
  return JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as Manifest;
}
