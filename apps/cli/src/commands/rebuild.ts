import type { Command } from 'commander';
import { rebuildRows, stateHash, type RowsBefore } from '@retrace/engine';
import { addLogCommand, onLog, type Run, type SharedOptions } from '../run.ts';

/** `retrace rebuild`: the rows derived from the log, made anew from its events, and whether they were right before. */
export function addRebuild(program: Command, { output }: Run): void {
  addLogCommand(
    program,
    'rebuild',
    'makes the session table anew from the events, and says whether it was right',
  ).action(async (options: SharedOptions) => {
    const { folded, before } = await onLog(options, rebuildRows);
    const { position, sessions } = folded.table;
    const result = {
      position,
      sessions: Object.keys(sessions).length,
      unread: folded.unread,
      stateHash: await stateHash(folded),
      before,
    };
    if (options.json) await output.lines(JSON.stringify(result));
    else {
      await output.lines(
        `${result.sessions} sessions made anew from ${position} events. ${sentenceOn(before)}\nstate ${result.stateHash}`,
      );
    }
  });
}

function sentenceOn(before: RowsBefore): string {
  switch (before.kind) {
    case 'none':
      return 'No table was there before.';
    case 'same':
      return `The table that was there, of position ${before.position}, was the same.`;
    case 'different':
      return `The table that was there, of position ${before.position}, was different.`;
    case 'unusable':
      return `The table that was there could not be used: ${before.reason}.`;
  }
}
