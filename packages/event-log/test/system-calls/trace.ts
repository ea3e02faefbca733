import { resolve } from 'node:path';

/** A system call that has returned, by what it did to which file. Paths are absolute. */
export type Call =
  | { readonly kind: 'made' | 'written' | 'synced'; readonly path: string }
  | { readonly kind: 'renamed'; readonly path: string; readonly to: string }
  /** What the process wrote to its standard output. */
  | { readonly kind: 'said'; readonly text: string };

/** The system calls that a proof looks at; `creat`, `writev` and others are asked for too, so that nothing slips by under another name. */
export const TRACED =
  'open,openat,creat,mkdir,mkdirat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,fsync,fdatasync,rename,renameat,renameat2,close';

/** Other processes of the tree (the compiler of tsx is one) have a standard output too: what is said is known by its words. */
const SAID = /^(asked|acknowledged) \d+\\n$/;
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;
const OF_FILE = /^\d+<([^>]*)>/;

/**
 * The calls of a trace by `strace -f -y`, in the order in which they returned. A write counts from its beginning, so that one that is
 * under way while another thread syncs is not taken for synced.
 */
export function callsOf(trace: string): readonly Call[] {
  const calls: Call[] = [];
  const unfinished = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const begun = /^(.*) <unfinished \.\.\.>$/.exec(rest)?.[1];
    if (begun !== undefined) {
      unfinished.set(thread, begun);
      if (/^p?write/.test(begun)) calls.push(...callOf(`${begun}) = 0`));
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1];
    const whole = resumed === undefined ? rest : `${unfinished.get(thread) ?? ''}${resumed}`;
    if (resumed !== undefined && /^p?write/.test(whole)) continue;
    calls.push(...callOf(whole));
  }
  return calls;
}

function callOf(line: string): readonly Call[] {
  const [, name = '', words = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+)/.exec(line) ?? [];
  if (result === '' || result.startsWith('-')) return [];
  const quoted = [...words.matchAll(QUOTED)].map(([, text = '']) => text);
  const path = OF_FILE.exec(words)?.[1] ?? '';
  switch (name) {
    case 'mkdir':
    case 'mkdirat':
    case 'creat':
      return [{ kind: 'made', path: resolve(quoted[0] ?? '') }];
    case 'open':
    case 'openat':
      return words.includes('O_CREAT') ? [{ kind: 'made', path: resolve(quoted[0] ?? '') }] : [];
    case 'write':
      return SAID.test(quoted[0] ?? '')
        ? [{ kind: 'said', text: (quoted[0] ?? '').replace(/\\n$/, '') }]
        : [{ kind: 'written', path }];
    case 'pwrite64':
    case 'writev':
    case 'pwritev':
    case 'pwritev2':
    case 'ftruncate':
      return [{ kind: 'written', path }];
    case 'fsync':
    case 'fdatasync':
      return [{ kind: 'synced', path }];
    case 'rename':
    case 'renameat':
    case 'renameat2':
      return [{ kind: 'renamed', path: quoted[0] ?? '', to: quoted[1] ?? '' }];
    default:
      return [];
  }
}
