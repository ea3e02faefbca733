import { fileURLToPath } from 'node:url';
import { mkdir } from 'node:fs/promises';
import { build } from 'vite';
import { packTemplate } from './src/pglite/pack-template.ts';

/*
 * Makes `dist/log-worker.js`, the worker of the log, and `dist/template.tar.gz`, a new cluster. The application ships both.
 */

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

await mkdir(here('dist'), { recursive: true });
await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: here('src/pglite/worker.ts'),
    outDir: here('dist'),
    emptyOutDir: false,
    target: 'node20',
    rolldownOptions: {
      // PGlite finds its WebAssembly by `import.meta.url`, so it must stay where npm put it.
      external: [/^@electric-sql\/pglite/],
      output: { entryFileNames: 'log-worker.js', format: 'es' },
    },
  },
  ssr: { noExternal: true, external: ['@electric-sql/pglite'] },
});
await packTemplate(here('dist/template.tar.gz'));
