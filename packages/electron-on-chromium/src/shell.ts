import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/** What opens an address with the program that the system has for it. */
const openers: Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  // `start` would read the address as a command line.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

async function open(address: string): Promise<void> {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

export const shell = {
  /** The terminal's, if there is one. */
  beep(): void {
    process.stderr.write('\x07');
  },

  /** Refused when the address is malformed or the system has no command to open it with. */
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error(`Invalid URL: ${url}`);
    await open(url);
  },

  /** Answers '' or what went wrong, as Electron does. */
  async openPath(path: string): Promise<string> {
    try {
      await access(path);
      await open(pathToFileURL(path).href);
      return '';
    } catch (error) {
      return String(error);
    }
  },
};
