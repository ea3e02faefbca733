import { stat } from 'node:fs/promises';
import { CommandError, EXIT_CODES } from './exit-code.ts';

/** Rejects with `FileNotFound` unless there is a file at the path: said before a log is opened for its sake. */
export async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) {
    throw new CommandError('FileNotFound', EXIT_CODES.notFound, `There is no file ${path}.`);
  }
}
