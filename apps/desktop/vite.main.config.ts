import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds the main process to `dist/main`, with everything in it but Electron.
 */
export default defineConfig({
  // write-file-atomic is CommonJS and names its temporary files by it.
  define: { __filename: 'import.meta.filename' },
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    outDir: here('dist/main'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: here('src/main/index.ts') },
      external: ['electron', /^node:/, ...builtinModules],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
