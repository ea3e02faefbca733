import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { executable, soon } from '../../test/launch.ts';

/** Answers /page.html as a page, and /slow.bin half; `finish` lets the rest go. */
class FileServer {
  readonly #server: Server;
  readonly #waiting: ServerResponse[] = [];
  constructor() {
    this.#server = createServer((request, response) => {
      if (request.url === '/page.html') {
        response.setHeader('content-type', 'text/html');
        response.end('<h1>a page</h1>');
        return;
      }
      response.setHeader('content-length', 200_000);
      response.write(Buffer.alloc(100_000, 'a'));
      this.#waiting.push(response);
    });
  }
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }
  finish(): void {
    for (const response of this.#waiting.splice(0)) response.end(Buffer.alloc(100_000, 'b'));
  }
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const server = new FileServer();
let url: string;
let folder: string;
let app: ElectronApplication;
let window: Page;

beforeAll(async () => {
  url = await server.listen();
  folder = await mkdtemp(join(tmpdir(), 'downloader-'));
  app = await _electron.launch({
    executablePath: executable,
    args: [
      fileURLToPath(new URL('.', import.meta.url)),
      '--headless',
      `--user-data-dir=${join(folder, 'data')}`,
    ],
  });
  window = await app.firstWindow();
  window.setDefaultTimeout(10_000);
  await window.getByLabel('Address').waitFor();
});

afterAll(async () => {
  await app.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const status = () => window.locator('p[role=status]').textContent();
const shown = () => window.getByRole('listitem').last().locator('span, output').allTextContents();
const until = <T>(ask: () => Promise<T>, wanted: T) =>
  soon(ask, (answer) => JSON.stringify(answer) === JSON.stringify(wanted));

async function download(path: string): Promise<void> {
  const count = await window.getByRole('listitem').count();
  await window.getByLabel('Address').fill(`${url}${path}`);
  await window.getByRole('button', { name: 'Download' }).click();
  await soon(
    () => window.getByRole('listitem').count(),
    (now) => now > count,
  );
}

describe('the downloader', () => {
  it('asks for a folder, in a dialog that is driven by the keyboard', async () => {
    await window.getByRole('button', { name: 'Folder…' }).click();
    // The dialog is drawn where the page cannot see it, but the place that it takes is known.
    await window.locator('[data-electron-panel]').waitFor();
    await window.keyboard.press('Control+A');
    await window.keyboard.type(folder);
    await window.keyboard.press('Enter');
    expect(await until(status, `Saving into ${folder}`)).toBe(`Saving into ${folder}`);
  });

  it('saves a page as a file, too', async () => {
    await download('/page.html');
    expect(await until(shown, ['page.html', 'completed'])).toEqual(['page.html', 'completed']);
    expect(await readFile(join(folder, 'page.html'), 'utf8')).toBe('<h1>a page</h1>');
  });

  it('shows how far a download has come', async () => {
    await download('/slow.bin');
    const half = ['slow.bin', '98 kB of 196 kB'];
    expect(await until(shown, half)).toEqual(half);
    server.finish();
    expect(await until(shown, ['slow.bin', 'completed'])).toEqual(['slow.bin', 'completed']);
    expect((await readFile(join(folder, 'slow.bin'))).length).toBe(200_000);
  });

  it('cancels, and leaves nothing of it', async () => {
    await download('/slow.bin');
    await window.getByRole('button', { name: 'Cancel' }).click();
    expect(await until(shown, ['slow (2).bin', 'cancelled'])).toEqual(['slow (2).bin', 'cancelled']);
    await expect(readFile(join(folder, 'slow (2).bin'))).rejects.toThrow('ENOENT');
  });

  it('refuses what is not an address', async () => {
    await window.getByLabel('Address').fill('nowhere');
    await window.getByRole('button', { name: 'Download' }).click();
    const refusal = "Error invoking remote method 'download:start': TypeError: nowhere is not an address";
    expect(await until(status, refusal)).toBe(refusal);
  });

  it('asks before it closes on a download that runs, and goes on with it', async () => {
    await download('/slow.bin');
    const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    });
    await close();
    expect(await window.title()).toBe('Downloader');
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
    });
    const ended = app.waitForEvent('close');
    await close();
    await ended;
  });
});
