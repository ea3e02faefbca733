import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** How to run npm itself: `npm_execpath` names its script when npm started us, which needs no shell on Windows. */
export const npm = process.env['npm_execpath']?.endsWith('.js')
  ? { command: process.execPath, args: [process.env['npm_execpath']] }
  : { command: 'npm', args: [] as string[] };

/** Whether a module is the one that was started, rather than imported by another. */
export function isMain(moduleUrl: string): boolean {
  const started = process.argv[1];
  return started !== undefined && pathToFileURL(started).href === moduleUrl;
}
