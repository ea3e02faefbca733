import type { Image } from './image.ts';
import type { Operation } from './operation.ts';

/** Random numbers in [0, 1) from a seed. */
export type Random = () => number;

/** What of the operations that no sync has reached survives. */
export type Surviving =
  /** All: the process ended, and the kernel goes on. */
  | { readonly kind: 'everything' }
  /** Nothing. */
  | { readonly kind: 'nothing' }
  /** Some sectors of some writes, in any order, and the names up to some moment. */
  | { readonly kind: 'some'; readonly random: Random; readonly sector: 512 | 4096 };

interface Change {
  readonly offset: number;
  /** Null for a truncation to `offset`. */
  readonly data: Uint8Array | null;
}

/** Bytes that grow: a file is written page after page. */
class Bytes {
  #room = Buffer.alloc(0);
  #length = 0;

  static from(bytes: Uint8Array): Bytes {
    const copy = new Bytes();
    copy.change({ offset: 0, data: bytes });
    return copy;
  }

  get all(): Uint8Array {
    return this.#room.subarray(0, this.#length);
  }

  change({ offset, data }: Change): void {
    const length = data === null ? offset : Math.max(this.#length, offset + data.length);
    if (length > this.#room.length) {
      const room = Buffer.alloc(Math.max(length, 2 * this.#room.length));
      room.set(this.all);
      this.#room = room;
    }
    // What is cut off reads as zeros should the file grow again.
    if (length < this.#length) this.#room.fill(0, length, this.#length);
    this.#length = length;
    if (data !== null) this.#room.set(data, offset);
  }
}

/** A file's bytes as the disk has them, and what was changed since the last sync. */
class StoredFile {
  readonly #bytes: Bytes;
  readonly #changes: Change[] = [];

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.#bytes = Bytes.from(bytes);
  }

  change(change: Change): void {
    this.#changes.push(change);
  }

  sync(): void {
    for (const change of this.#changes.splice(0)) this.#bytes.change(change);
  }

  /** Not a copy: to be used before the next change. */
  after(surviving: Surviving): Uint8Array {
    if (surviving.kind === 'nothing' || this.#changes.length === 0) return this.#bytes.all;
    const bytes = Bytes.from(this.#bytes.all);
    for (const change of this.#changes) {
      if (surviving.kind === 'everything') bytes.change(change);
      else for (const piece of pieces(change, surviving)) bytes.change(piece);
    }
    return bytes.all;
  }
}

/** Each sector of a write survives or not, or the whole write as one: both happen. */
function* pieces(change: Change, { random, sector }: Surviving & { kind: 'some' }): Generator<Change> {
  const { offset, data } = change;
  if (data === null) {
    if (random() < 0.5) yield change;
    return;
  }
  const chance = random() < 0.5 ? Math.round(random()) : random();
  for (let start = 0; start < data.length;) {
    const end = Math.min(data.length, start + sector - ((offset + start) % sector));
    if (random() < chance) yield { offset: offset + start, data: data.subarray(start, end) };
    start = end;
  }
}

type Stored = StoredFile | 'directory';
type Naming =
  | { readonly kind: 'create' | 'mkdir'; readonly path: string; readonly stored: Stored }
  | { readonly kind: 'unlink' | 'rmdir'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string };

/**
 * A disk under a journaled file system, to which the operations of a record are applied, and which says what is on it should the
 * power fail now.
 *
 * 1. A file's bytes are those of its last sync. Of what was written since, nothing, all or any part may be there, in any order,
 *    torn at the sectors of the disk.
 * 2. Names (create, mkdir, rename, unlink) come to the disk in their order. A sync of any file or directory brings all names given
 *    before it: there is one journal, and it is committed up to where it is. Of later ones, some first part may be there.
 *
 * (1) is what POSIX leaves open. (2) is ext4 (`fsync` commits the running transaction, Documentation/filesystems/ext4/journal.rst)
 * and XFS (it forces the log up to the inode's last change, and the log is in order); NTFS and APFS journal their names likewise.
 * See Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014), table 1, for which of these properties which file system has.
 */
export class Disk {
  readonly #handles = new Map<number, Stored>();
  readonly #namesNow = new Map<string, Stored>([['', 'directory']]);
  readonly #namesStored = new Map<string, Stored>([['', 'directory']]);
  readonly #namings: Naming[] = [];

  /** @param image what lies on it, all of it synced */
  constructor(image: Image = new Map()) {
    for (const [path, bytes] of image) {
      const stored = bytes === 'directory' ? bytes : new StoredFile(bytes);
      this.#namesNow.set(path, stored);
      this.#namesStored.set(path, stored);
    }
  }

  apply(operation: Operation): void {
    switch (operation.kind) {
      case 'create':
      case 'mkdir': {
        const stored = operation.kind === 'mkdir' ? 'directory' : new StoredFile();
        this.#name({ kind: operation.kind, path: operation.path, stored });
        return;
      }
      case 'unlink':
      case 'rmdir':
        this.#name({ kind: operation.kind, path: operation.path });
        return;
      case 'rename':
        this.#name(operation);
        return;
      case 'open': {
        const stored = this.#namesNow.get(operation.path);
        if (stored !== undefined) this.#handles.set(operation.handle, stored);
        return;
      }
      case 'write':
        this.#file(operation.handle).change({ offset: operation.offset, data: operation.data });
        return;
      case 'truncate':
        this.#file(operation.handle).change({ offset: operation.size, data: null });
        return;
      case 'sync': {
        const stored = this.#handles.get(operation.handle);
        if (stored !== 'directory') stored?.sync();
        for (const naming of this.#namings.splice(0)) give(this.#namesStored, naming);
        return;
      }
      case 'acknowledge':
      case 'phase':
    }
  }

  /** What lies on the disk when the power fails now, or the process ends. */
  after(surviving: Surviving): Image {
    const names = new Map(this.#namesStored);
    const first =
      surviving.kind === 'everything'
        ? this.#namings.length
        : surviving.kind === 'nothing'
          ? 0
          : Math.floor(surviving.random() * (this.#namings.length + 1));
    for (const naming of this.#namings.slice(0, first)) give(names, naming);
    return new Map(
      [...names].map(([path, stored]) => [path, stored === 'directory' ? stored : stored.after(surviving)]),
    );
  }

  #name(naming: Naming): void {
    give(this.#namesNow, naming);
    this.#namings.push(naming);
  }

  #file(handle: number): StoredFile {
    const stored = this.#handles.get(handle);
    if (!(stored instanceof StoredFile)) throw new Error(`The handle ${handle} stands for no file.`);
    return stored;
  }
}

function give(names: Map<string, Stored>, naming: Naming): void {
  switch (naming.kind) {
    case 'create':
    case 'mkdir':
      names.set(naming.path, naming.stored);
      return;
    case 'unlink':
    case 'rmdir':
      names.delete(naming.path);
      return;
    case 'rename':
      for (const [path, stored] of [...names]) {
        if (path !== naming.path && !path.startsWith(`${naming.path}/`)) continue;
        names.delete(path);
        names.set(`${naming.to}${path.slice(naming.path.length)}`, stored);
      }
  }
}
