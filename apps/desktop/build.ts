import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/*
 * Builds the application to `dist`: main with the worker of its log, preload, the window's page, and the template of a new
 * log, which the build of @retrace/event-log has made.
 */

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

for (const part of ['main', 'preload', 'renderer']) {
  await build({ configFile: here(`vite.${part}.config.ts`), logLevel: 'warn' });
}
await copyFile(here('../../packages/event-log/dist/template.tar.gz'), here('dist/template.tar.gz'));
