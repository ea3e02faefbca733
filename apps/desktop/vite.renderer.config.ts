import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

/**
 * Builds the window's own page to `dist/renderer`, to be served from the `app:` scheme under a policy that allows neither
 * inline scripts nor inline styles nor `data:` fonts. So nothing is inlined: every asset is a file of the same origin.
 */
export default defineConfig({
  root: fileURLToPath(new URL('src/renderer', import.meta.url)),
  base: './',
  plugins: [solid()],
  build: {
    outDir: fileURLToPath(new URL('dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    // One chunk needs no preloading, and the polyfill would only add code.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
