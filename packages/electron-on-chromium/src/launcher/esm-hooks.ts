import type { LoadHook, ResolveHook } from 'node:module';

/** Runs in Node's loader thread, which shares nothing with the app: all it knows comes in here. */
export interface ShimData {
  readonly instanceKey: string;
  readonly specifiers: readonly string[];
  /** What `import { … } from 'electron'` may name. */
  readonly names: readonly string[];
}

const url = 'electron-on-chromium:electron';
let shim: ShimData | undefined;

export function initialize(data: ShimData): void {
  shim = data;
}

export const resolve: ResolveHook = (specifier, context, next) =>
  shim?.specifiers.includes(specifier) === true ? { url, shortCircuit: true } : next(specifier, context);

export const load: LoadHook = (requested, context, next) => {
  if (requested !== url || !shim) return next(requested, context);
  const lines = shim.names.map((name) => `export const ${name} = electron[${JSON.stringify(name)}];`);
  const source = `const electron = globalThis[Symbol.for(${JSON.stringify(shim.instanceKey)})];
export default electron;
${lines.join('\n')}`;
  return { format: 'module', source, shortCircuit: true };
};
