import { fdatasyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The part of Emscripten's NODEFS that is amended: a stream carries the descriptor that Node opened. */
interface NodeFsModule {
  readonly NODEFS: {
    readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number };
  };
}

/**
 * PGlite's directory on disk, with a `fsync` that reaches the disk.
 *
 * Emscripten's `fd_sync` calls `stream_ops.fsync` where there is one; NODEFS has none, so PostgreSQL's syncs are answered and
 * nothing happens (pglite#1107). PostgreSQL must be told to use it: no `-F`, and `wal_sync_method=fsync`, because Emscripten's
 * `fdatasync` is a stub. Node's `fdatasync` is `F_FULLFSYNC` on macOS and `FlushFileBuffers` on Windows.
 */
export class DurableFileSystem extends NodeFS {
  /** Syncs so far. */
  syncs = 0;

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const sync = (stream: { readonly nfd: number }): number => {
      fdatasyncSync(stream.nfd);
      this.syncs += 1;
      return 0;
    };
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [
          ...(emscriptenOpts.preRun ?? []),
          (module) => {
            // PGlite's types leave its file systems out.
            (module as unknown as NodeFsModule).NODEFS.stream_ops.fsync = sync;
          },
        ],
      },
    };
  }
}
