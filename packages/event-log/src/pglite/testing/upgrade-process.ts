/*
 * A process that upgrades the cluster in the directory it is given, and is killed when half of the events are carried over.
 */
import { startCluster } from '../cluster.ts';
import { upgradeSchema } from '../../sql/schema-upgrade.ts';
import { PgliteSession } from '../pglite-session.ts';

const [dataDirectory = ''] = process.argv.slice(2);
const { pg } = await startCluster({ dataDirectory, durability: 'power' });
await new PgliteSession(pg).transaction((sql) =>
  upgradeSchema(sql, {
    onProgress: (position, of) => {
      if (position >= of / 2) process.kill(process.pid, 'SIGKILL');
    },
  }),
);
