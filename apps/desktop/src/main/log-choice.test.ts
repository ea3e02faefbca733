import { describe, expect, it } from '@jest/globals';
import { readLogChoice } from './log-choice.ts';

function started(log: string) {
  return { commandLine: { getSwitchValue: (name: string) => (name === 'log' ? log : '') } };
}

const SERVER = 'postgres://ada:secret@db.example:5433/team?sslmode=verify-full';

describe('readLogChoice', () => {
  it('is the log of this machine where nothing else is said', () => {
    expect(readLogChoice(started(''), {})).toEqual({ kind: 'own' });
  });

  it('is the server of the switch', () => {
    expect(readLogChoice(started(SERVER), { RETRACE_LOG: 'postgres://other' })).toEqual({
      kind: 'server',
      connectionString: SERVER,
    });
  });

  it('is the server of the environment, where a password is not seen by others', () => {
    expect(readLogChoice(started(''), { RETRACE_LOG: SERVER })).toEqual({
      kind: 'server',
      connectionString: SERVER,
    });
  });

  it.each(['db.example', 'https://ada:secret@db.example', 'postgres://ada:secret@[/team'])(
    'refuses %s without repeating it',
    (text) => {
      expect(() => readLogChoice(started(text), {})).toThrow(/^--log is not/);
      expect(() => readLogChoice(started(''), { RETRACE_LOG: text })).toThrow(/^RETRACE_LOG is not/);
      expect(() => readLogChoice(started(text), {})).not.toThrow(/secret/);
    },
  );
});
