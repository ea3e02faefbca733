/**
 * `npm run build` builds everything; `ensureBuilt()` builds what is stale. A target is stale when the contents of its inputs
 * differ from those it was last built from: times would lie after a fresh clone or a switch of branches.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isMain, npm, root } from './project.ts';

interface Target {
  readonly workspace: string;
  /** Files and folders whose contents decide whether the output is stale. */
  readonly inputs: readonly string[];
}

/** In order: a later target may use an earlier one's output. */
const TARGETS: readonly Target[] = [
  {
    workspace: 'packages/event-log',
    inputs: ['packages/event-log/src', 'packages/event-log/build.ts', 'package-lock.json'],
  },
  {
    workspace: 'apps/cli',
    inputs: [
      'apps/cli/src',
      'apps/cli/build.ts',
      'apps/cli/package.json',
      'packages/protocol/src',
      'packages/event-log/src',
      'packages/event-log/build.ts',
      'packages/engine/src',
      'package-lock.json',
    ],
  },
  {
    workspace: 'packages/electron-on-chromium',
    inputs: ['packages/electron-on-chromium', 'package-lock.json'],
  },
  {
    workspace: 'apps/desktop',
    inputs: [
      'apps/desktop/src',
      'apps/desktop/build.ts',
      'apps/desktop/package.json',
      'apps/desktop/vite.main.config.ts',
      'apps/desktop/vite.preload.config.ts',
      'apps/desktop/vite.renderer.config.ts',
      'packages/protocol/src',
      'packages/event-log/src',
      'packages/event-log/build.ts',
      'packages/engine/src',
      'package-lock.json',
    ],
  },
];

const LEFT_OUT = new Set(['node_modules', 'dist']);

async function filesUnder(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const below = await Promise.all(
    entries
      .filter((entry) => !LEFT_OUT.has(entry.name) && !entry.name.endsWith('.test.ts'))
      .map((entry) => filesUnder(join(path, entry.name))),
  );
  return below.flat().sort();
}

async function fingerprint(target: Target): Promise<string> {
  const hash = createHash('sha256');
  for (const input of target.inputs) {
    for (const file of await filesUnder(join(root, input))) {
      hash
        .update(file.slice(root.length))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

const stampOf = (target: Target): string => join(root, target.workspace, 'dist', '.built-from');

async function build(target: Target, print: string): Promise<void> {
  process.stderr.write(`Building ${target.workspace} … `);
  const started = performance.now();
  try {
    await promisify(execFile)(npm.command, [...npm.args, 'run', 'build', '--workspace', target.workspace], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${target.workspace} does not build.\n${stdout}${stderr}`, { cause: error });
  }
  await mkdir(join(root, target.workspace, 'dist'), { recursive: true });
  await writeFile(stampOf(target), print);
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Builds the targets whose inputs changed since their last build, or all of them; of `workspaces` alone where they are named. */
export async function ensureBuilt(
  which: 'stale' | 'all' = 'stale',
  workspaces: readonly string[] = TARGETS.map(({ workspace }) => workspace),
): Promise<void> {
  for (const target of TARGETS.filter(({ workspace }) => workspaces.includes(workspace))) {
    const print = await fingerprint(target);
    const builtFrom = await readFile(stampOf(target), 'utf8').catch(() => null);
    if (which === 'all' || builtFrom !== print) await build(target, print);
  }
}

if (isMain(import.meta.url)) {
  await ensureBuilt('all').catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
