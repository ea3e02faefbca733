import fs, { type PathLike } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { encode, isBoundary, type Operation } from './operation.ts';

/** What the recorder knows of; everything else of `fs` that changes something is refused, so that nothing is missed in silence. */
const UNKNOWN = [
  'appendFileSync',
  'copyFileSync',
  'cpSync',
  'fchownSync',
  'linkSync',
  'mkdtempSync',
  'symlinkSync',
  'writevSync',
] as const;
const UNKNOWN_PROMISES = ['appendFile', 'cp', 'link', 'symlink', 'truncate'] as const;

type OpenDone = (error: NodeJS.ErrnoException | null, descriptor: number) => void;
type WritevDone = Parameters<typeof fs.writev>[3];
type StreamWrite = [
  file: number,
  data: Uint8Array,
  offset: number,
  length: number,
  position: number | null | undefined,
  done: (error: NodeJS.ErrnoException | null, written: number) => void,
];

export interface RecorderOptions {
  /** Operations on what lies below it are recorded. */
  readonly root: string;
  /** Called before each operation is carried out. */
  readonly before: (operation: Operation) => void;
}

/**
 * Tells of every operation by which this thread changes files below a directory, by standing in for Node's own `fs`, which PGlite's
 * NODEFS, the log's file system class and the installation of the template all call. Whether it misses something is checked from
 * outside: what the operations make must be what lies in the directory (see `disk.ts`).
 */
export function recordOperations({ root, before }: RecorderOptions): void {
  const real = { ...fs, promises: { ...fs.promises } };
  const handles = new Map<number, number>();
  let opened = 0;

  const within = (path: PathLike): string | null => {
    const inside = relative(root, resolve(String(path)));
    return inside.startsWith('..') ? null : inside;
  };
  const tell = (path: PathLike, operationOf: (path: string) => Operation): void => {
    const inside = within(path);
    if (inside !== null) before(operationOf(inside));
  };
  /** For a descriptor that was opened below the root. */
  const tellOf = (descriptor: number, operationOf: (handle: number) => Operation): void => {
    const handle = handles.get(descriptor);
    if (handle !== undefined) before(operationOf(handle));
  };
  const newHandle = (path: PathLike): number => {
    opened += 1;
    tell(path, (inside) => ({ kind: 'open', path: inside, handle: opened }));
    return opened;
  };
  const ends = new Map<number, number>();
  const tellNext = (descriptor: number, data: Uint8Array, position: number | null | undefined): void => {
    const offset = position ?? ends.get(descriptor) ?? 0;
    ends.set(descriptor, offset + data.length);
    tellOf(descriptor, (handle) => ({ kind: 'write', handle, offset, data: Buffer.from(data) }));
  };
  const creates = (path: PathLike, flags: unknown): boolean => {
    const asked =
      typeof flags === 'number' ? (flags & fs.constants.O_CREAT) !== 0 : /[wa]/.test(String(flags));
    return asked && !real.existsSync(path);
  };
  const truncates = (flags: unknown): boolean =>
    typeof flags === 'number' ? (flags & fs.constants.O_TRUNC) !== 0 : String(flags).startsWith('w');
  const tellOpening = (path: PathLike, flags: unknown): number => {
    if (creates(path, flags)) tell(path, (inside) => ({ kind: 'create', path: inside }));
    const handle = newHandle(path);
    if (truncates(flags)) tell(path, () => ({ kind: 'truncate', handle, size: 0 }));
    return handle;
  };
  const tellContent = (path: PathLike, content: unknown): number => {
    const handle = tellOpening(path, 'w');
    const data = typeof content === 'string' ? Buffer.from(content) : (content as Uint8Array);
    if (data.length > 0) tell(path, () => ({ kind: 'write', handle, offset: 0, data }));
    return handle;
  };
  const tellRemoval = (path: PathLike): void => {
    const stat = real.lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of real.readdirSync(path)) tellRemoval(join(String(path), name));
    }
    tell(path, (inside) => ({ kind: stat.isDirectory() ? 'rmdir' : 'unlink', path: inside }));
  };
  const tellDirectories = (path: PathLike): void => {
    if (real.existsSync(path)) return;
    tellDirectories(join(String(path), '..'));
    tell(path, (inside) => ({ kind: 'mkdir', path: inside }));
  };

  Object.assign(fs, {
    openSync: (path: PathLike, flags: number | string = 'r', mode?: number) => {
      if (within(path) === null) return real.openSync(path, flags, mode);
      const handle = tellOpening(path, flags);
      const descriptor = real.openSync(path, flags, mode);
      handles.set(descriptor, handle);
      return descriptor;
    },
    closeSync: (descriptor: number) => {
      handles.delete(descriptor);
      real.closeSync(descriptor);
    },
    // As NODEFS calls it: always with a position.
    writeSync: (file: number, data: Uint8Array, offset: number, length: number, position: number) => {
      if (handles.has(file)) {
        const bytes = Buffer.from(data.subarray(offset, offset + length));
        tellOf(file, (handle) => ({ kind: 'write', handle, offset: position, data: bytes }));
      }
      return real.writeSync(file, data, offset, length, position);
    },
    ftruncateSync: (descriptor: number, size = 0) => {
      tellOf(descriptor, (handle) => ({ kind: 'truncate', handle, size }));
      real.ftruncateSync(descriptor, size);
    },
    truncateSync: (path: PathLike, size = 0) => {
      const handle = newHandle(path);
      tell(path, () => ({ kind: 'truncate', handle, size }));
      real.truncateSync(path, size);
    },
    fsyncSync: (descriptor: number) => {
      tellOf(descriptor, (handle) => ({ kind: 'sync', handle }));
      real.fsyncSync(descriptor);
    },
    fdatasyncSync: (descriptor: number) => {
      tellOf(descriptor, (handle) => ({ kind: 'sync', handle }));
      real.fdatasyncSync(descriptor);
    },
    writeFileSync: (...[path, content, options]: Parameters<typeof fs.writeFileSync>) => {
      if (typeof path === 'number') throw new Error('The recorder knows writeFileSync by path only.');
      tellContent(path, content);
      real.writeFileSync(path, content, options);
    },
    mkdirSync: (...[path, options]: Parameters<typeof fs.mkdirSync>) => {
      tellDirectories(path);
      return real.mkdirSync(path, options);
    },
    renameSync: (from: PathLike, to: PathLike) => {
      tell(from, (inside) => ({ kind: 'rename', path: inside, to: within(to) ?? '' }));
      real.renameSync(from, to);
    },
    unlinkSync: (path: PathLike) => {
      tell(path, (inside) => ({ kind: 'unlink', path: inside }));
      real.unlinkSync(path);
    },
    rmdirSync: (path: PathLike) => {
      tell(path, (inside) => ({ kind: 'rmdir', path: inside }));
      real.rmdirSync(path);
    },
    rmSync: (...[path, options]: Parameters<typeof fs.rmSync>) => {
      tellRemoval(path);
      real.rmSync(path, options);
    },
    // As streams call them: by callback, and writing where the last write ended.
    open: (path: PathLike, flags: number | string, mode: number, done: OpenDone) => {
      if (within(path) === null) {
        real.open(path, flags, mode, done);
        return;
      }
      const handle = tellOpening(path, flags);
      real.open(path, flags, mode, (error, descriptor) => {
        if (error === null) {
          handles.set(descriptor, handle);
          ends.set(descriptor, 0);
        }
        done(error, descriptor);
      });
    },
    write: (...[file, data, offset, length, position, done]: StreamWrite) => {
      tellNext(file, data.subarray(offset, offset + length), position);
      real.write(file, data, offset, length, position ?? null, done);
    },
    writev: (file: number, parts: readonly Uint8Array[], position: number | undefined, done: WritevDone) => {
      tellNext(file, Buffer.concat(parts), position);
      real.writev(file, parts, position ?? null, done);
    },
    fsync: (descriptor: number, done: fs.NoParamCallback) => {
      tellOf(descriptor, (handle) => ({ kind: 'sync', handle }));
      real.fsync(descriptor, done);
    },
    close: (descriptor: number, done?: fs.NoParamCallback) => {
      handles.delete(descriptor);
      real.close(descriptor, done);
    },
    ...Object.fromEntries(UNKNOWN.map((name) => [name, refused(name)])),
  });
  Object.assign(fs.promises, {
    open: async (path: PathLike, flags: string | number = 'r', mode?: number) => {
      if (within(path) === null) return await real.promises.open(path, flags, mode);
      const handle = tellOpening(path, flags);
      const file = await real.promises.open(path, flags, mode);
      const sync = async (): Promise<void> => {
        await file.datasync();
        before({ kind: 'sync', handle });
      };
      return new Proxy(file, {
        get: (target, name) => {
          if (name === 'sync' || name === 'datasync') return sync;
          if (typeof name === 'string' && /^(write|append|truncate|create)/.test(name)) return refused(name);
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    },
    writeFile: async (...[path, content, options]: Parameters<typeof fs.promises.writeFile>) => {
      if (typeof path !== 'string') throw new Error('The recorder knows writeFile by path only.');
      const handle = tellContent(path, content);
      await real.promises.writeFile(path, content, options);
      const flushed = typeof options === 'object' && options !== null && 'flush' in options && options.flush;
      if (flushed === true) tell(path, () => ({ kind: 'sync', handle }));
    },
    copyFile: async (from: PathLike, to: PathLike) => {
      tellContent(to, real.readFileSync(from));
      await real.promises.copyFile(from, to);
    },
    mkdir: async (...[path, options]: Parameters<typeof fs.promises.mkdir>) => {
      tellDirectories(path);
      return await real.promises.mkdir(path, options);
    },
    rename: async (from: PathLike, to: PathLike) => {
      tell(from, (inside) => ({ kind: 'rename', path: inside, to: within(to) ?? '' }));
      await real.promises.rename(from, to);
    },
    rm: async (...[path, options]: Parameters<typeof fs.promises.rm>) => {
      tellRemoval(path);
      await real.promises.rm(path, options);
    },
    unlink: async (path: PathLike) => {
      tell(path, (inside) => ({ kind: 'unlink', path: inside }));
      await real.promises.unlink(path);
    },
    ...Object.fromEntries(UNKNOWN_PROMISES.map((name) => [name, refused(name)])),
  });
  syncBuiltinESMExports();
}

function refused(name: string): () => never {
  return () => {
    throw new Error(`The recorder does not know ${name}: teach it.`);
  };
}

/** What to do `before` an operation: append it to a record, and end the process in place of the boundary numbered `dieAt`. */
export function recordTo(record: string, dieAt = Infinity): (operation: Operation) => void {
  const file = fs.openSync(record, 'a');
  // Recording must not be recorded.
  const { writeSync } = { ...fs };
  let boundaries = 0;
  return (operation) => {
    if (isBoundary(operation)) boundaries += 1;
    if (isBoundary(operation) && boundaries === dieAt) endAtOnce();
    writeSync(file, encode(operation));
  };
}

/** `kill -9` of the own process, from whatever thread. Nothing more is carried out in this one while the signal is on its way. */
function endAtOnce(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
