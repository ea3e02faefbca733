/** `npm run package`: the application as a folder that runs on real Electron, in apps/desktop/dist/package. */
import { build, Platform } from 'electron-builder';
import type { Configuration } from 'electron-builder';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { isMain, root } from './project.ts';

/** Packs for the platform this runs on; `overrides` win over electron-builder.yml. */
export async function packageDesktop(overrides: Configuration = {}): Promise<void> {
  await ensureBuilt();
  await build({
    projectDir: join(root, 'apps/desktop'),
    targets: Platform.current().createTarget('dir'),
    publish: null,
    config: { extends: join(root, 'electron-builder.yml'), ...overrides },
  });
}

if (isMain(import.meta.url)) await packageDesktop();
