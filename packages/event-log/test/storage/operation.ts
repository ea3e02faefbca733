import { closeSync, openSync, readSync } from 'node:fs';

/**
 * What a process did to the files below one directory, in order. Paths are relative to that directory. A `handle` stands for the
 * file or directory that had the path when it was opened, whatever it is named later.
 */
export type Operation =
  | { readonly kind: 'create' | 'mkdir' | 'unlink' | 'rmdir'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'open'; readonly path: string; readonly handle: number }
  | { readonly kind: 'write'; readonly handle: number; readonly offset: number; readonly data: Uint8Array }
  | { readonly kind: 'truncate'; readonly handle: number; readonly size: number }
  | { readonly kind: 'sync'; readonly handle: number }
  /** Not of the storage: the log says that its first `head` positions will stay. */
  | { readonly kind: 'acknowledge'; readonly head: number }
  /** Not of the storage: what begins here, for reports. */
  | { readonly kind: 'phase'; readonly name: string };

/** Whether the storage changes, or promises something, by it: a process can end before it, and the power can fail. */
export function isBoundary({ kind }: Operation): boolean {
  return kind !== 'open' && kind !== 'acknowledge' && kind !== 'phase';
}

/** One operation as it lies in a record: a line of JSON, then the bytes of a write. */
export function encode(operation: Operation): Uint8Array {
  if (operation.kind !== 'write') return Buffer.from(`${JSON.stringify(operation)}\n`);
  const { data, ...rest } = operation;
  return Buffer.concat([Buffer.from(`${JSON.stringify({ ...rest, length: data.length })}\n`), data]);
}

/** The operations of a record, read as they are asked for. One at the end that is not whole did not happen. */
export function* operationsIn(record: string): Generator<Operation> {
  const file = openSync(record, 'r');
  try {
    let rest = Buffer.alloc(0);
    const more = (): boolean => {
      const chunk = Buffer.alloc(1 << 20);
      const length = readSync(file, chunk);
      rest = Buffer.concat([rest, chunk.subarray(0, length)]);
      return length > 0;
    };
    for (;;) {
      const end = rest.indexOf('\n');
      if (end === -1) {
        if (more()) continue;
        return;
      }
      // Written by `encode` in a process of the same version.
      const said = JSON.parse(rest.toString('utf8', 0, end)) as Operation & { readonly length?: number };
      rest = rest.subarray(end + 1);
      const { length, ...operation } = said;
      if (operation.kind !== 'write') {
        yield operation;
        continue;
      }
      while (rest.length < (length ?? 0)) if (!more()) return;
      yield { ...operation, data: rest.subarray(0, length) };
      rest = rest.subarray(length);
    }
  } finally {
    closeSync(file);
  }
}
