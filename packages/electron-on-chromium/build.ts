import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Inside the folder that is ignored everywhere. */
const fresh = 'dist/fresh';

const shared: InlineConfig = { configFile: false, logLevel: 'warn', root: here('.') };

/** What runs in Node: the launcher, the two files that Node starts in threads of their own, and the app of the conformance suite. */
async function buildForNode(): Promise<void> {
  await build({
    ...shared,
    build: {
      ssr: true,
      target: 'node20',
      outDir: fresh,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: {
          launcher: here('src/launcher/launcher.ts'),
          'esm-hooks': here('src/launcher/esm-hooks.ts'),
          'single-instance-worker': here('src/app/single-instance-worker.ts'),
          conformance: here('conformance/main.ts'),
        },
        external: /^electron(\/|$)/,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
}

/** What runs in pages: one self-contained script each, which `world` is the value of. */
async function buildForPages(name: string): Promise<void> {
  await build({
    ...shared,
    build: {
      outDir: fresh,
      emptyOutDir: false,
      minify: true,
      lib: {
        entry: here(`src/world/${name}.ts`),
        formats: ['iife'],
        name: 'world',
        fileName: () => `${name}.js`,
      },
    },
  });
}

await rm(here(fresh), { recursive: true, force: true });
await buildForNode();
await buildForPages('main-world');
await buildForPages('isolated-world');
await buildForPages('encode');
await mkdir(here('dist'), { recursive: true });
// File by file, so that an app that is being started meanwhile finds either the old one or the new one.
for (const file of await readdir(here(fresh))) await rename(here(`${fresh}/${file}`), here(`dist/${file}`));
await rm(here(fresh), { recursive: true });
