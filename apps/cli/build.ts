import { builtinModules } from 'node:module';
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/*
 * Builds the command line to one file, `dist/retrace.js`, and puts beside it the worker and the template of the log, which the
 * build of @retrace/event-log has made.
 */

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

await build({
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: here('src/retrace.ts'),
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      external: [/^node:/, ...builtinModules],
      output: { format: 'es', entryFileNames: 'retrace.js' },
      checks: { bundlerTimings: false },
    },
  },
});
await mkdir(here('dist/log'), { recursive: true });
const logBuild = '../../packages/event-log/dist';
await copyFile(here(`${logBuild}/log-worker.js`), here('dist/log/worker.js'));
await copyFile(here(`${logBuild}/template.tar.gz`), here('dist/log/template.tar.gz'));
