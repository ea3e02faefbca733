/*
 * A process that opens the log in the directory it is given, and appends for as long as it lives. It says `owns` when the log is
 * open, `refused <code> <message>` when it is not, and `acknowledged <position>` after each append.
 */
import { sampleAppend } from '../../contract/sample-append.ts';
import { openPgliteLog } from '../pglite-log.ts';
import { BUILT } from './scratch-log.ts';

const [directory = ''] = process.argv.slice(2);

try {
  const log = await openPgliteLog({ directory, ...BUILT });
  process.stdout.write('owns\n');
  for (;;) {
    const { events } = await log.append(sampleAppend({ stream: 'process' }));
    process.stdout.write(`acknowledged ${events[0]?.position ?? 0}\n`);
  }
} catch (error) {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  process.stdout.write(`refused ${code ?? ''} ${message}\n`);
}
