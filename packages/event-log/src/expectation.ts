import { LogError } from './errors.ts';
import type { Expectation, StreamWrite } from './port.ts';

/** Whether what the writer believes of a stream is true of one at version `actual` (0 for a stream that is not there). */
export function isMet(expectation: Expectation, actual: number): boolean {
  switch (expectation.kind) {
    case 'no-stream':
      return actual === 0;
    case 'stream-exists':
      return actual > 0;
    case 'exact':
      return actual === expectation.version;
    case 'any':
      return true;
  }
}

export function expectationFailed({ stream, expectation }: StreamWrite, actual: number): LogError {
  const believed = expectation.kind === 'exact' ? `version ${expectation.version}` : expectation.kind;
  return new LogError(
    'ExpectationFailed',
    `The stream ${stream} is at version ${actual}, not ${believed}. Read it again and decide anew.`,
    { stream, expected: expectation, actual },
  );
}
