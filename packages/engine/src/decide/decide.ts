import type { Command, SessionTable } from '@retrace/protocol';
import type { Decision } from './decision.ts';
import {
  decideActivation,
  decideCreation,
  decideDeletion,
  decideRenaming,
  decideRestoration,
  decideSleep,
  decideTakeOver,
} from './lifecycle.ts';
import {
  decideCrash,
  decideDescription,
  decideNavigationReport,
  decideTraversal,
  decideTypedNavigation,
} from './navigation.ts';

/**
 * What a command comes to, given the session table: the events to append to the stream of the command's session, or a refusal
 * with one of the protocol's codes. Pure: no clock, no ids, no I/O. Judges names and addresses itself, whoever did so before.
 */
export function decide(table: SessionTable, command: Command): Decision {
  switch (command.type) {
    case 'CreateSession':
      return decideCreation(table, command);
    case 'ActivateSession':
      return decideActivation(table, command);
    case 'TakeOverSession':
      return decideTakeOver(table, command);
    case 'DeleteSession':
      return decideDeletion(table, command);
    case 'RestoreSession':
      return decideRestoration(table, command);
    case 'RenameSession':
      return decideRenaming(table, command);
    case 'SleepSession':
      return decideSleep(table, command);
    case 'NavigateSession':
      return decideTypedNavigation(table, command);
    case 'TraverseHistory':
      return decideTraversal(table, command);
    case 'RecordNavigation':
      return decideNavigationReport(table, command);
    case 'RecordPage':
      return decideDescription(table, command);
    case 'RecordCrash':
      return decideCrash(table, command);
  }
}
