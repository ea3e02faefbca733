/*
 * A process that opens the log on the server it is told, and appends for as long as it lives: to a stream of its own, then to one
 * that all share. It says `owns` when the log is open, `acknowledged <position>` after each append.
 */
import { sampleAppend } from '../../contract/sample-append.ts';
import { openPostgresLog } from '../postgres-log.ts';

const [connectionString = ''] = process.argv.slice(2);

const log = await openPostgresLog({ connectionString });
process.stdout.write('owns\n');
for (;;) {
  for (const stream of [String(process.pid), 'shared']) {
    const { events } = await log.append(sampleAppend({ stream }));
    process.stdout.write(`acknowledged ${events[0]?.position ?? 0}\n`);
  }
}
