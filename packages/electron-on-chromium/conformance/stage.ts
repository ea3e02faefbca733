import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';

/** What a page of a site is: its HTML, or whatever answers the request itself. */
export type SitePage = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** How an app that a case has started ended. */
export interface EndedApp {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  /** What it printed, line by line. */
  readonly lines: readonly string[];
}

/** A picture of four by two pixels: the left half is red, the right half blue. */
const redAndBlue = Buffer.from([0, 0, 255, 255, 0, 0, 255, 255, 255, 0, 0, 255, 255, 0, 0, 255]);

/** What a case works with: members that can be taken apart. Everything made through it is gone after the case. */
export class Stage {
  readonly electron: typeof Electron;
  readonly #ends: (() => unknown)[] = [];

  constructor(electron: typeof Electron) {
    this.electron = electron;
  }

  /** A window that is not shown, unless `options` say so. */
  readonly window = (options: Electron.BrowserWindowConstructorOptions = {}): Electron.BrowserWindow => {
    const window = new this.electron.BrowserWindow({ width: 400, height: 300, show: false, ...options });
    this.#ends.push(() => {
      if (!window.isDestroyed()) window.destroy();
    });
    return window;
  };

  /** The web contents of such a window, which shows `html`. */
  readonly page = async (
    html: string,
    webPreferences: Electron.WebPreferences = {},
  ): Promise<Electron.WebContents> => {
    const { webContents } = this.window({ webPreferences });
    await webContents.loadURL(await this.site({ '/': html }));
    return webContents;
  };

  /** The web contents of a window on a page of `html`, with `preload` as its sandboxed preload script. */
  readonly preloaded = async (
    preload: string,
    html = '<title>preloaded</title>',
  ): Promise<Electron.WebContents> => this.page(html, { preload: await this.file('preload.cjs', preload) });

  /** A site on this machine, by path. Answers its address, which ends in a slash. */
  readonly site = async (pages: Readonly<Record<string, SitePage>>): Promise<string> => {
    const server = createServer((request, response) => {
      const found = pages[new URL(request.url ?? '/', 'http://localhost').pathname];
      if (typeof found === 'function') found(request, response);
      else
        response
          .writeHead(found === undefined ? 404 : 200, { 'content-type': 'text/html' })
          .end(found ?? 'not found');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };

  readonly folder = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'conformance-'));
    this.#ends.push(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
    return path;
  };

  /** Answers the path of a file with `content`. */
  readonly file = async (name: string, content: string | Buffer): Promise<string> => {
    const path = join(await this.folder(), name);
    await writeFile(path, content);
    return path;
  };

  /** The session of a partition in memory that nothing else uses. */
  readonly session = (): Electron.Session =>
    this.electron.session.fromPartition(`conformance-${String(Math.random())}`);

  readonly picture = (): Electron.NativeImage =>
    this.electron.nativeImage.createFromBitmap(Buffer.concat([redAndBlue, redAndBlue]), {
      width: 4,
      height: 2,
    });

  /** Runs `end` after the case, whatever becomes of it. */
  readonly afterwards = (end: () => unknown): void => void this.#ends.push(end);

  /** Starts an app of its own, whose main module is `main`, and waits for its end. */
  readonly app = async (
    main: string,
    options: { readonly args?: readonly string[]; readonly userData?: string } = {},
  ): Promise<EndedApp> => {
    const folder = await this.folder();
    await writeFile(join(folder, 'package.json'), '{"name":"other","version":"1.0.0","main":"main.mjs"}');
    await writeFile(join(folder, 'main.mjs'), main);
    const inherited = process.argv.filter((argument) => /^--(headless|no-sandbox)$/.test(argument));
    const userData = options.userData ?? join(folder, 'user-data');
    const child = spawn(
      this.electron.app.getPath('exe'),
      [folder, `--user-data-dir=${userData}`, ...inherited, ...(options.args ?? [])],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#ends.push(() => child.kill('SIGKILL'));
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, lines: printed.split('\n').filter((line) => line !== '') };
  };

  /** Waits until `ask` answers something that is true. */
  readonly until = async (ask: () => unknown): Promise<void> => {
    const deadline = Date.now() + 5_000;
    while (!(await ask())) {
      assert(Date.now() < deadline, `Still not so after five seconds: ${ask.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  /** Takes everything away, newest first. */
  async strike(): Promise<void> {
    for (const end of this.#ends.reverse()) await end();
  }
}
