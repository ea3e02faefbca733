import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutSecrets } from './without-secrets.ts';

/** Where a longer file is set aside at start; two files are kept at most. */
const MAX_LOG_BYTES = 1024 * 1024;

/** What went wrong, written down for whoever has to find out why. No page content, no query and no fragment of any address. */
export interface LogFile {
  readonly path: string;
  readonly note: (message: string) => void;
  /** Writes an error down and answers a short reference to it that can be shown to a person. */
  readonly failure: (error: unknown) => string;
  /** Resolves when everything noted so far is in the file. */
  readonly flush: () => Promise<void>;
}

/** Opens `<directory>/retrace.log` for appending; makes the directory if need be. A line that cannot be written goes to stderr: a log must never stop the application. */
export async function openLogFile(directory: string): Promise<LogFile> {
  const path = join(directory, 'retrace.log');
  await mkdir(directory, { recursive: true });
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await rename(path, `${path}.1`);

  let written = Promise.resolve();
  const note = (message: string) => {
    const line = `${new Date().toISOString()} ${withoutSecrets(message)}\n`;
    written = written
      .then(() => appendFile(path, line, { mode: 0o600 }))
      .catch((error: unknown) => {
        process.stderr.write(`${line}(not in ${path}: ${String(error)})\n`);
      });
  };
  return {
    path,
    note,
    failure(error) {
      const reference = randomUUID().slice(0, 8);
      note(`${reference} ${error instanceof Error ? (error.stack ?? String(error)) : String(error)}`);
      return reference;
    },
    flush: () => written,
  };
}
