import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The version of PGlite that is measured. */
export async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const text = await readFile(join(entry, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
