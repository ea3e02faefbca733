import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds the main process and the worker of its log to `dist/main`, with everything in them but Electron and PGlite, which
 * finds its WebAssembly by `import.meta.url` and so must stay where npm put it.
 */
export default defineConfig({
  ssr: { noExternal: true, external: ['electron', '@electric-sql/pglite'] },
  build: {
    ssr: true,
    outDir: here('dist/main'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        index: here('src/main/index.ts'),
        'log-worker': '@retrace/event-log/worker',
      },
      external: ['electron', /^@electric-sql\/pglite/, /^node:/, ...builtinModules],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
