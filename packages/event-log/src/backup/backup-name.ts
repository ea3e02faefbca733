import { readdir } from 'node:fs/promises';
import { isNativeError } from 'node:util/types';

/** A backup by what its name says. */
export interface Backup {
  readonly name: string;
  /** When it was begun, in milliseconds since 1970. */
  readonly madeAt: number;
  /** The newest position that it has. */
  readonly position: number;
}

const NAME = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z-(\d+)\.jsonl\.gz$/;

/** `2026-11-22T152604Z-1234.jsonl.gz`: sorts by time, and no file system minds its characters. */
export function backupName(madeAt: Date, position: number): string {
  return `${madeAt.toISOString().slice(0, 19).replaceAll(':', '')}Z-${position}.jsonl.gz`;
}

/** The backups among the names of a folder, the newest first. */
export function backupsAmong(names: readonly string[]): Backup[] {
  return names
    .flatMap((name): Backup[] => {
      const [, day, hours, minutes, seconds, position] = NAME.exec(name) ?? [];
      const madeAt = Date.parse(`${day ?? ''}T${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}Z`);
      return Number.isNaN(madeAt) ? [] : [{ name, madeAt, position: Number(position) }];
    })
    .sort((a, b) => b.madeAt - a.madeAt || b.position - a.position);
}

/** The backups in a folder, the newest first; none where there is no folder. */
export async function backupsIn(directory: string): Promise<Backup[]> {
  try {
    return backupsAmong(await readdir(directory));
  } catch (error) {
    if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
