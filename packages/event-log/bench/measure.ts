import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'vite';
import type { Tasks } from './child.ts';
import { root } from '../../../scripts/project.ts';
import { BENCH_CACHE } from './places.ts';

const CHILD = join(BENCH_CACHE, 'child/child.js');

/** Builds what each measurement runs. Needed once. */
export async function buildChild(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: join(import.meta.dirname, 'child.ts'),
      outDir: join(BENCH_CACHE, 'child'),
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        external: [/^@electric-sql\/pglite/],
        output: { entryFileNames: 'child.js', format: 'es' },
      },
    },
    ssr: { noExternal: true, external: ['@electric-sql/pglite'] },
  });
}

/** Runs one task in a process of its own. Rejects with what the process said last when it gives no result. */
export async function measure<Name extends keyof Tasks>(
  task: Name,
  ...parameters: Parameters<Tasks[Name]>
): Promise<Awaited<ReturnType<Tasks[Name]>>> {
  const child = fork(CHILD, [task, JSON.stringify(parameters)], {
    cwd: root,
    execArgv: ['--expose-gc'],
    // Peers talk on the standard output.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const results: Awaited<ReturnType<Tasks[Name]>>[] = [];
  // The child sends the result of the task that it was started for, and nothing else.
  child.on('message', (message) => results.push((message as { result: (typeof results)[number] }).result));
  await once(child, 'close');
  if (!(0 in results)) throw new Error(`${task} gave no result: ${said.join('').slice(-2000)}`);
  return results[0];
}
