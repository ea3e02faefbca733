import { readFile } from 'node:fs/promises';

/** Compiled WebAssembly, which threads can be given. TypeScript has its type only together with the whole DOM. */
export type CompiledPostgres = object;
declare const WebAssembly: { readonly compile: (code: Uint8Array) => Promise<CompiledPostgres> };

let compiling: Promise<CompiledPostgres> | undefined;

/**
 * PGlite's PostgreSQL, compiled once a process. V8 compiles in threads of its own, so beginning with it before the log's thread
 * is there takes it off the way of a start; a thread that is started again finds it done. Rejects where PGlite is not installed whole.
 */
export function compiledPostgres(): Promise<CompiledPostgres> {
  compiling ??= readFile(new URL('pglite.wasm', import.meta.resolve('@electric-sql/pglite'))).then((code) =>
    WebAssembly.compile(code),
  );
  return compiling;
}
