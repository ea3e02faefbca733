import { parentPort } from 'node:worker_threads';
import { serveLog } from '../../src/pglite/log-rpc.ts';
import type { Answer, AppendOutcome, Opened, PackedAppend } from '../../src/pglite/wire.ts';
import { recordOperations, recordTo } from './recorder.ts';
import { PgliteLogService } from '../../src/pglite/log-service.ts';

/*
 * The log's worker, its storage operations recorded: `RETRACE_RECORD` is the record, `RETRACE_RECORD_ROOT` the directory,
 * `RETRACE_DIE_AT` the boundary in place of which the process ends.
 */
const { RETRACE_RECORD: record = '', RETRACE_RECORD_ROOT: root = '', RETRACE_DIE_AT: dieAt } = process.env;

const tell = recordTo(record, dieAt === undefined ? Infinity : Number(dieAt));

/** Writes down each acknowledgement before it leaves the worker. */
class RecordedLogService extends PgliteLogService {
  override async open(...asked: Parameters<PgliteLogService['open']>): Promise<Answer<Opened>> {
    tell({ kind: 'phase', name: 'opening' });
    const answer = await super.open(...asked);
    tell({ kind: 'phase', name: 'opened' });
    return answer;
  }

  override async append(group: readonly PackedAppend[]): Promise<Answer<readonly AppendOutcome[]>> {
    const answer = await super.append(group);
    if (!answer.ok) return answer;
    const heads = answer.value.map((outcome, index) =>
      outcome.kind === 'appended' ? outcome.base + (group[index]?.data.length ?? 0) : 0,
    );
    tell({ kind: 'acknowledge', head: Math.max(...heads) });
    return answer;
  }

  override close(): Promise<Answer<null>> {
    tell({ kind: 'phase', name: 'closing' });
    return super.close();
  }
}

if (parentPort === null) throw new Error('This file is the entry of a worker thread.');
recordOperations({ root, before: tell });
serveLog(parentPort, (listener) => new RecordedLogService(listener));
