import { readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { App } from '../app/app.ts';
import { BrowserStartError } from '../browser/browser-process.ts';
import { BrowserNotFoundError, findBrowser } from '../browser/find-browser.ts';
import { liveProcesses } from '../browser/process-registry.ts';
import { createElectron } from '../electron.ts';
import { configurePartitions } from '../session/partitions.ts';
import { Session } from '../session/session.ts';
import { parseArguments } from './arguments.ts';
import { installModuleHooks } from './module-hooks.ts';

interface Manifest {
  readonly main?: string;
  readonly version?: string;
  readonly type?: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** `electron <app> [switches]`. Settles when the app's main module has run and `ready` was told. */
export async function launch(executable: string, argv: readonly string[]): Promise<void> {
  const given = parseArguments(argv);
  const own = readManifest(fileURLToPath(new URL('..', import.meta.url)));
  if (given.version) {
    console.log(`v${own.devDependencies?.['electron'] ?? ''} (electron-on-chromium ${own.version ?? ''})`);
    return;
  }
  if (given.appPath === undefined) {
    fail('Say which app to start: electron <folder with a package.json> [switches].');
  }
  const appPath = resolve(given.appPath);
  const display = given.headless || !hasDisplay() ? 'headless' : 'window';
  requireBrowser(display);
  describeProcess(executable, argv, own);

  if (given.inspectPort !== undefined) inspector.open(given.inspectPort, '127.0.0.1', false);

  const app = new App({
    appPath,
    argv,
    userDataDir: given.userDataDir === undefined ? undefined : resolve(given.userDataDir),
  });
  configurePartitions({
    userData: () => app.getPath('userData'),
    display,
    switches: () => app.commandLine.forChromium(),
  });
  app.beforeExit(async () => {
    await Promise.all(liveProcesses().map((process) => process.close()));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  warnOfUnhandledRejections();
  installModuleHooks(createElectron(app));

  if (given.debuggingPort !== undefined) {
    const { openDevtoolsEndpoint } = await import('./devtools-endpoint.ts');
    const address = await openDevtoolsEndpoint(given.debuggingPort, () => app.quit());
    process.stderr.write(`\nDevTools listening on ${address}\n`);
  }
  const require = createRequire(join(appPath, 'package.json'));
  for (const file of given.requires) require(isAbsolute(file) ? file : resolve(file));
  const { main = 'index.js' } = readManifest(appPath);
  await import(pathToFileURL(join(appPath, main)).href);
  await becomeReady(app);
}

/** Electron's default session exists from `ready` to the end; so does its Chromium. */
async function becomeReady(app: App): Promise<void> {
  if (app.hasQuit) return;
  const { process: chromium } = await Session.defaultSession.host.lease().catch((error: unknown) => {
    if (error instanceof BrowserStartError) fail(error.message);
    throw error;
  });
  const { product } = await chromium.browser.send('Browser.getVersion');
  addVersions({ chrome: product.split('/')[1] ?? '' });
  app.becomeReady();
}

/** A person's window needs a display; `WAYLAND_DISPLAY` and `DISPLAY` are how Linux says that there is one. */
function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return (process.env['DISPLAY'] ?? '') !== '' || (process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

function requireBrowser(display: 'window' | 'headless'): void {
  try {
    findBrowser(display === 'window' ? 'full' : 'headless-shell');
  } catch (error) {
    if (error instanceof BrowserNotFoundError) fail(error.message);
    throw error;
  }
}

/** What Electron adds to Node's `process`. */
function describeProcess(executable: string, argv: readonly string[], own: Manifest): void {
  process.argv = [executable, ...argv];
  addVersions({
    electron: own.devDependencies?.['electron'] ?? '',
    'electron-on-chromium': own.version ?? '',
  });
  Object.assign(process, {
    type: 'browser',
    defaultApp: true,
    getCreationTime: () => Date.now() - process.uptime() * 1000,
    // In kilobytes. Node tells what is resident; what is shared is not told.
    getProcessMemoryInfo: () => {
      const residentSet = Math.round(process.memoryUsage().rss / 1024);
      return Promise.resolve({ residentSet, private: residentSet, shared: 0 });
    },
    resourcesPath: fileURLToPath(new URL('.', import.meta.url)),
  });
}

/** Node ends the process at a rejection that nobody handles; Electron warns. */
function warnOfUnhandledRejections(): void {
  process.on('unhandledRejection', (reason) => {
    if (process.listenerCount('unhandledRejection') > 1) return;
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    console.error(`UnhandledPromiseRejectionWarning: ${text}`);
  });
}

/** Node's list is frozen. */
function addVersions(versions: Readonly<Record<string, string>>): void {
  Object.defineProperty(process, 'versions', {
    value: Object.freeze({ ...process.versions, ...versions }),
    enumerable: true,
    configurable: true,
  });
}

function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return fail(`Unable to find an Electron app at ${folder}: there is no package.json that can be read.`);
  }
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
