import { jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from 'playwright-core';

// Playwright itself loses an answer now and then on a machine whose cores are all taken. The first failure is shown, and a test
// that fails twice has failed.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The runtime under test, and the apps that it is tested with. */
export const executable = here('../bin/electron');
export const fixturePath = (name: string): string => here(`fixtures/${name}`);

export interface Fixture {
  readonly electron: ElectronApplication;
  readonly userData: string;
  /** Ends the app and removes its data. */
  close(): Promise<void>;
}

/** Starts one of the apps in `fixtures` as its user would, but without a display. */
export async function launchFixture(name: string, userData?: string): Promise<Fixture> {
  const directory = userData ?? (await mkdtemp(join(tmpdir(), `${name}-`)));
  const electron = await _electron.launch({
    executablePath: executable,
    args: [fixturePath(name), '--headless', `--user-data-dir=${directory}`],
  });
  return {
    electron,
    userData: directory,
    close: async () => {
      await electron.close();
      if (userData === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface Site {
  /** Without a slash at its end. */
  readonly url: string;
  /** The paths that were asked for since the last call. */
  requests(): string[];
  close(): Promise<void>;
}

/** A local site; `page` answers the HTML of a path and may set headers. */
export async function startSite(
  page: (path: string, request: IncomingMessage, response: ServerResponse) => string,
): Promise<Site> {
  let seen: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/favicon.ico') {
      response.writeHead(404).end();
      return;
    }
    seen.push(path);
    response.setHeader('content-type', 'text/html');
    response.end(page(path, request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    requests: () => {
      const paths = seen;
      seen = [];
      return paths;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Asks until the answer is the wanted one, and answers the last one: what a person does takes its way through three processes. */
export async function soon<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (let tries = 0; tries < 100 && !isWanted(answer); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer = await ask();
  }
  return answer;
}
