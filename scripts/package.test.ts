import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listPackage } from '@electron/asar';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageDesktop } from './package.ts';

/**
 * The whole packing with a stand-in for Electron's own files, since what goes in does not depend on them. Fuses are switched
 * in the real executable, so they are left out here.
 */
describe('the packed application', () => {
  let folder: string;
  let resources: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'retrace-package-'));
    const electronDist = join(folder, 'electron');
    await mkdir(join(electronDist, 'resources'), { recursive: true });
    await mkdir(join(electronDist, 'locales'));
    await writeFile(join(electronDist, 'electron'), '');
    await chmod(join(electronDist, 'electron'), 0o755);
    await writeFile(join(electronDist, 'LICENSE'), '');
    await writeFile(join(electronDist, 'LICENSES.chromium.html'), '');
    await packageDesktop({ electronDist, electronFuses: null, directories: { output: join(folder, 'out') } });
    resources = join(folder, 'out', 'linux-unpacked', 'resources');
  }, 180_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has main, preload, renderer, the log’s parts and the manifest, and nothing else', () => {
    const files = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) =>
      path.replaceAll('\\', '/'),
    );
    const tops = new Set(files.map((path) => path.split('/').slice(1, 3).join('/')));
    expect([...tops].sort()).toEqual([
      'dist',
      'dist/log',
      'dist/main',
      'dist/preload',
      'dist/renderer',
      'node_modules',
      'node_modules/@electric-sql',
      'package.json',
    ]);
    expect(files).toContain('/dist/main/index.js');
    expect(files).toContain('/dist/preload/index.cjs');
    expect(files).toContain('/dist/renderer/index.html');
    expect(files.filter((path) => path.endsWith('.map') || path.endsWith('.ts'))).toEqual([]);
  });

  it('has the log’s worker and template, and PGlite with its wasm and data, beside the archive', async () => {
    const unpacked = join(resources, 'app.asar.unpacked');
    expect(existsSync(join(unpacked, 'dist/log/worker.js'))).toBe(true);
    expect(existsSync(join(unpacked, 'dist/log/template.tar.gz'))).toBe(true);
    const pglite = await readdir(join(unpacked, 'node_modules/@electric-sql/pglite/dist'));
    expect(pglite).toEqual(expect.arrayContaining(['index.js', 'pglite.wasm', 'pglite.data']));
    expect(pglite.filter((name) => name.endsWith('.tar.gz') || name.endsWith('.cjs'))).toEqual([]);
  });
});
