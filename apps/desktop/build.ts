import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/*
 * Builds the application to `dist`: main, preload, the window's page, and the worker and the template of its log, which the
 * build of @retrace/event-log has made.
 */

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

for (const part of ['main', 'preload', 'renderer']) {
  await build({
    configFile: here(`vite.${part}.config.ts`),
    logLevel: 'warn',
    build: { rolldownOptions: { checks: { bundlerTimings: false } } },
  });
}
await mkdir(here('dist/log'), { recursive: true });
const logBuild = '../../packages/event-log/dist';
await copyFile(here(`${logBuild}/log-worker.js`), here('dist/log/worker.js'));
await copyFile(here(`${logBuild}/template.tar.gz`), here('dist/log/template.tar.gz'));
