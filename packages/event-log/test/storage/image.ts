import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What lies in a directory, by path: `'directory'`, or the bytes of a file. */
export type Image = ReadonlyMap<string, Uint8Array | 'directory'>;

/** The image of a log's directory, but for the sockets of its owners. */
export function imageOf(directory: string): Image {
  const image = new Map<string, Uint8Array | 'directory'>([['', 'directory']]);
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path);
    if (!name.startsWith('owner')) image.set(name, entry.isDirectory() ? 'directory' : readFileSync(path));
  }
  return image;
}

/** The paths at which two images differ. */
export function differences(one: Image, other: Image): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => {
    const [a, b] = [one.get(path), other.get(path)];
    if (a === undefined || b === undefined || a === 'directory' || b === 'directory') return a !== b;
    return Buffer.compare(a, b) !== 0;
  });
}

/** Makes a directory of an image. It must not exist. */
export function writeImage(image: Image, directory: string): void {
  const made = new Set<string>();
  const make = (path: string): void => {
    if (made.has(path)) return;
    made.add(path);
    mkdirSync(path, { recursive: true, mode: 0o700 });
  };
  for (const [path, bytes] of image) {
    const target = join(directory, path);
    make(bytes === 'directory' ? target : dirname(target));
    if (bytes !== 'directory') writeFileSync(target, bytes, { mode: 0o600 });
  }
}
