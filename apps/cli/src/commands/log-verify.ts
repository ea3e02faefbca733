import { createReadStream } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { verifyExport, verifyLog, type ChainLink } from '@retrace/event-log';
import { checkFile } from '../check-file.ts';
import { withProgress } from '../progress.ts';
import { addLogCommand, onLog, type Run, type SharedOptions } from '../run.ts';

/** `retrace log verify [export]`: whether the events are what was appended, and the first position where they are not. */
export function addLogVerify(log: Command, { output, signal }: Run): void {
  addLogCommand(log, 'verify', 'whether the events are what was appended; names the first that was changed')
    .argument('[export]', 'a file that export wrote, to verify instead of the log')
    .option('--anchor <position:hash>', 'a link that was kept elsewhere: the log must still have it', anchor)
    .action(async (file: string | undefined, options: SharedOptions & { readonly anchor?: ChainLink }) => {
      if (file !== undefined) await checkFile(file);
      const { head, redacted } = await withProgress('Verifying', (onProgress) =>
        file === undefined
          ? onLog(options, (opened) =>
              verifyLog(opened, {
                onProgress,
                signal,
                ...(options.anchor !== undefined && { anchor: options.anchor }),
              }),
            )
          : verifyExport(createReadStream(file), { onProgress, signal }),
      );
      await output.lines(
        options.json
          ? JSON.stringify({ ...head, redacted })
          : `All ${head.position} events are what was appended${redactions(redacted)}.\nanchor ${head.position}:${head.hash}`,
      );
    });
}

function redactions(count: number): string {
  return count === 0 ? '' : `, but for ${count} whose data was erased since`;
}

function anchor(text: string): ChainLink {
  const [, position, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (position === undefined || hash === undefined) {
    throw new InvalidArgumentError('It is a position and 64 hex digits, as verify prints them.');
  }
  return { position: Number(position), hash };
}
