import { expect } from '@jest/globals';
import type { Command, ErrorCode, SessionEvent } from '@retrace/protocol';
import { decide } from '../src/decide/decide.ts';
import { tableOf } from './recorded-events.ts';

/** `given(…events).when(command).then(…events)`: the way decisions are specified. */
export function given(...history: readonly SessionEvent[]) {
  return {
    when(command: Command) {
      const decision = decide(tableOf(...history), command);
      return {
        then(...events: readonly SessionEvent[]) {
          expect(decision).toEqual({ ok: true, events });
        },
        thenNothing() {
          expect(decision).toEqual({ ok: true, events: [] });
        },
        thenRefused(code: ErrorCode) {
          expect(decision).toMatchObject({ ok: false, failure: { code } });
        },
      };
    },
  };
}
