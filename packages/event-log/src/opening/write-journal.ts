import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { NodeFS } from '@electric-sql/pglite/nodefs';

/** A file or directory in Emscripten's tree. */
interface FsNode {
  readonly name: string;
}

/** Everything by which Emscripten's NODEFS changes the disk. Its other operations read. */
interface NodeFsModule {
  readonly NODEFS: {
    readonly realPath: (node: FsNode) => string;
    readonly node_ops: {
      setattr: (node: FsNode, change: { readonly size?: number }) => void;
      mknod: (parent: FsNode, name: string, mode: number, device: number) => FsNode;
      rename: (node: FsNode, parent: FsNode, name: string) => void;
      unlink: (parent: FsNode, name: string) => void;
      rmdir: (parent: FsNode, name: string) => void;
    };
    readonly stream_ops: {
      setattr: (stream: { readonly node: FsNode }, change: { readonly size?: number }) => void;
      write: (
        stream: { readonly node: FsNode },
        buffer: unknown,
        offset: number,
        length: number,
        position: number,
      ) => number;
    };
  };
}

/**
 * Takes back what PostgreSQL wrote to a cluster that it then refused: by the time that it finds out, it may have replayed the WAL,
 * recycled it and changed the control file.
 *
 * Invariants:
 * 1. After `takeBack()`, every file has the bytes that it had when the journal began, and no file is there that was not.
 * 2. The journal writes nothing while it watches, so it needs no room on a disk that is full. What it holds in memory is what
 *    was overwritten: for a start after a crash, about as much as the WAL that is replayed.
 *
 * A process that is killed while it opens leaves what PostgreSQL's recovery leaves then, which the next start recovers.
 */
export class WriteJournal {
  /** How to take back each change, oldest first; null once the journal is closed. */
  #inverses: (() => void)[] | null = [];

  /** To be called before PGlite is made on the file system. */
  watch(fileSystem: NodeFS): void {
    const init = fileSystem.init.bind(fileSystem);
    fileSystem.init = async (...args) => {
      const result = await init(...args);
      const { preRun = [] } = result.emscriptenOpts;
      // PGlite's types leave its file systems out.
      const attach = (module: unknown): void => this.#attach(module as NodeFsModule);
      return { ...result, emscriptenOpts: { ...result.emscriptenOpts, preRun: [...preRun, attach] } };
    };
  }

  /** Lets what was written stand. Nothing more is kept from here on. */
  close(): void {
    this.#inverses = null;
  }

  /** Puts everything back. PostgreSQL must not run any more. */
  takeBack(): void {
    const inverses = this.#inverses ?? [];
    this.#inverses = null;
    for (const inverse of inverses.reverse()) inverse();
  }

  #attach({ NODEFS }: NodeFsModule): void {
    const { node_ops: nodes, stream_ops: streams } = NODEFS;
    const before = <Arguments extends unknown[], Result>(
      operation: (...args: Arguments) => Result,
      keep: (...args: Arguments) => (() => void) | null,
    ) => {
      return (...args: Arguments): Result => {
        const inverse = this.#inverses === null ? null : keep(...args);
        const result = operation(...args);
        if (inverse !== null) this.#inverses?.push(inverse);
        return result;
      };
    };
    const resized = (path: string, size: number | undefined) =>
      size === undefined ? null : keepBytes(path, size, Infinity);

    streams.write = before(streams.write, ({ node }, _buffer, _offset, length, position) =>
      keepBytes(NODEFS.realPath(node), position, length),
    );
    streams.setattr = before(streams.setattr, ({ node }, { size }) => resized(NODEFS.realPath(node), size));
    nodes.setattr = before(nodes.setattr, (node, { size }) => resized(NODEFS.realPath(node), size));
    nodes.mknod = before(nodes.mknod, (parent, name) => {
      const path = join(NODEFS.realPath(parent), name);
      return () => rmSync(path, { recursive: true });
    });
    nodes.rename = before(nodes.rename, (node, parent, name) => {
      const [from, to] = [NODEFS.realPath(node), join(NODEFS.realPath(parent), name)];
      const replaced = existsSync(to) ? keepFile(to) : null;
      return () => {
        renameSync(to, from);
        replaced?.();
      };
    });
    nodes.unlink = before(nodes.unlink, (parent, name) => keepFile(join(NODEFS.realPath(parent), name)));
    nodes.rmdir = before(nodes.rmdir, (parent, name) => {
      const path = join(NODEFS.realPath(parent), name);
      return () => mkdirSync(path, { mode: 0o700 });
    });
  }
}

function keepFile(path: string): () => void {
  const bytes = readFileSync(path);
  const { mode } = statSync(path);
  return () => writeFileSync(path, bytes, { mode });
}

/** Keeps `length` bytes from `position` on, as far as the file has them, and its size. */
function keepBytes(path: string, position: number, length: number): () => void {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
    readSync(file, bytes, 0, bytes.length, position);
    return () => putBack(path, bytes, position, size);
  } finally {
    closeSync(file);
  }
}

function putBack(path: string, bytes: Uint8Array, position: number, size: number): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, size);
    writeSync(file, bytes, 0, bytes.length, position);
  } finally {
    closeSync(file);
  }
}
