import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { exportLog } from '@retrace/event-log';
import { CommandError, EXIT_CODES } from '../exit-code.ts';
import { withProgress } from '../progress.ts';
import { addLogCommand, onLog, type Run, type SharedOptions } from '../run.ts';

/** `retrace log export [file]`: every event as JSON lines with the chain of hashes, on standard output or in a new file. */
export function addLogExport(log: Command, { output, signal }: Run): void {
  addLogCommand(log, 'export', 'every event as JSON lines, with the hashes that prove them')
    .argument('[file]', 'a new file; standard output where it is left out')
    .action(async (file: string | undefined, options: SharedOptions) => {
      if (file === undefined) {
        await onLog(options, async (opened) => {
          for await (const text of exportLog(opened, { signal })) await output.raw(text);
        });
        return;
      }
      if (existsSync(file)) {
        throw new CommandError('FileExists', EXIT_CODES.usage, `${file} is there already. Name a new file.`);
      }
      const events = await onLog(options, (opened) =>
        withProgress('Exporting', async (onProgress) => {
          let position = 0;
          const progress = (done: number, of: number): void => onProgress((position = done), of);
          await writeWhole(file, exportLog(opened, { signal, onProgress: progress }));
          return position;
        }),
      );
      await output.lines(
        options.json ? JSON.stringify({ file, events }) : `${events} events are in ${file}.`,
      );
    });
}

/** Invariant: under its name the file is whole and on the disk, or is not there. */
async function writeWhole(file: string, chunks: AsyncIterable<string>): Promise<void> {
  const part = `${file}.part`;
  try {
    const handle = await open(part, 'w', 0o600);
    try {
      for await (const chunk of chunks) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
