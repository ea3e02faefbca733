import type { CdpSession } from '../cdp/session.ts';

export interface Evaluation {
  /** The page's own world of the main frame when undefined. */
  readonly contextId: number | undefined;
  readonly userGesture: boolean;
}

/**
 * Runs `code` in a page, waits for a promise it may answer, and returns the result as JSON can carry it. Rejects with the
 * error the page threw.
 */
export async function evaluate(
  cdp: CdpSession,
  code: string,
  { contextId, userGesture }: Evaluation,
): Promise<unknown> {
  const { result, exceptionDetails } = await cdp
    .send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
      ...(contextId === undefined ? {} : { contextId }),
    })
    .catch((error: unknown) => {
      // Chromium's words for what structured clone refuses: a window, a cyclic value.
      if (
        error instanceof Error &&
        /could not be returned by value|reference chain is too long/.test(error.message)
      ) {
        throw new Error('An object could not be cloned.');
      }
      throw error;
    });
  if (exceptionDetails) {
    const thrown = exceptionDetails.exception;
    const described =
      thrown?.description ?? (thrown && 'value' in thrown ? String(thrown.value) : exceptionDetails.text);
    throw errorFrom(described);
  }
  return result.unserializableValue === undefined
    ? (result.value as unknown)
    : special(result.unserializableValue);
}

/** V8 describes an error as its stack, headed by `TypeError: message`. */
function errorFrom(description: string): Error {
  const headed = /^(?:Uncaught )?(\w*Error): ([\s\S]*?)(?:\n {4}at |$)/.exec(description);
  const error = new Error(headed?.[2] ?? description);
  if (headed?.[1] !== undefined) error.name = headed[1];
  return error;
}

function special(text: string): unknown {
  return text.endsWith('n') ? BigInt(text.slice(0, -1)) : Number(text);
}
