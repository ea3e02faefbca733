import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './project.ts';

export type RuntimeKind = 'electron' | 'chromium';

export interface Runtime {
  readonly kind: RuntimeKind;
  /** Started as `<executable> apps/desktop [switches]`. */
  readonly executablePath: string;
}

/** Electron's downloader asks for at least this Node. */
const DOWNLOADER_NODE = [22, 12] as const;
/** How the downloader's first line reads when it runs but gets nothing: then Node's age is not what stands in the way. */
const NETWORK_FAILURE = /fetch failed|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|HTTP/i;
/** How long a closed network may keep a person waiting. */
const DOWNLOAD_LIMIT_MS = 30_000;

const electronFolder = dirname(
  createRequire(join(root, 'apps/desktop/package.json')).resolve('electron/package.json'),
);

/** Electron's executable where it is present, as its own npm package finds it; null where it was never fetched. */
function electronExecutable(): string | null {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const distribution = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(electronFolder, 'dist');
  const executable = join(distribution, readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? executable : null;
}

const chromiumRuntime: Runtime = {
  kind: 'chromium',
  executablePath: join(root, 'packages/electron-on-chromium/bin/electron'),
};

function nodeIsTooOldForDownloader(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < DOWNLOADER_NODE[0] || (major === DOWNLOADER_NODE[0] && minor < DOWNLOADER_NODE[1]);
}

/** Runs Electron's own downloader. Resolves to null when the binary is there, else to the reason it is not, in a few words. */
async function fetchElectron(): Promise<string | null> {
  console.log(`Fetching Electron (for at most ${DOWNLOAD_LIMIT_MS / 1000} s) …`);
  const child = spawn(process.execPath, [join(electronFolder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let firstLine = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (firstLine ||= text.split('\n', 1)[0] ?? ''));
  const limit = setTimeout(() => child.kill('SIGKILL'), DOWNLOAD_LIMIT_MS);
  const ended = await new Promise<{ code: number | null }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code });
    });
  });
  clearTimeout(limit);
  if (ended.code === 0 && electronExecutable() !== null) return null;
  if (ended.code === null) return `no answer within ${DOWNLOAD_LIMIT_MS / 1000} s`;
  if (nodeIsTooOldForDownloader() && !NETWORK_FAILURE.test(firstLine)) {
    return `its downloader needs Node ${DOWNLOADER_NODE.join('.')} or newer and this is ${process.versions.node}`;
  }
  return firstLine || 'the download failed';
}

/** What is here without fetching anything: Electron where its binary is present and a display to show it on, else Chromium. */
export function findRuntime(forced?: RuntimeKind): Runtime {
  const executablePath = electronExecutable();
  if (forced === 'chromium') return chromiumRuntime;
  if (executablePath !== null && (forced === 'electron' || hasDisplay()))
    return { kind: 'electron', executablePath };
  if (forced === 'electron')
    throw new Error('Electron is not here. Run npm start, which fetches it, or use --runtime=chromium.');
  return chromiumRuntime;
}

/**
 * The runtime for a person's window: Electron where its binary is present or can be fetched, else Chromium, saying why in a line.
 * @throws Error with a sentence when Electron was asked for by force and cannot be had.
 */
export async function chooseRuntime(forced?: RuntimeKind): Promise<Runtime> {
  if (forced === 'chromium') return chromiumRuntime;
  const obstacle = electronExecutable() === null ? await fetchElectron() : null;
  if (obstacle === null) return findRuntime('electron');
  const sentence = `Electron could not be fetched: ${obstacle}.`;
  if (forced === 'electron') throw new Error(sentence);
  console.log(`${sentence} Running on Chromium instead.`);
  return chromiumRuntime;
}

/** Whether a window can be shown to a person. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
