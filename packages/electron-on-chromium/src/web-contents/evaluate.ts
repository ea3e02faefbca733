import { readFileSync } from 'node:fs';
import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import { decode } from '../ipc/clone-codec.ts';

export interface Evaluation {
  /** The page's own world of the main frame when undefined. */
  readonly contextId: number | undefined;
  readonly userGesture: boolean;
}

/** The clone codec as a function of a value in a page. It is read with the first result that is not a primitive. */
let encodeFunction = '';

/**
 * Runs `code` in a page, waits for a promise it may answer, and returns a structured clone of the result. Rejects with the
 * error the page threw, and in Electron's words with what cannot be cloned.
 */
export async function evaluate(
  cdp: CdpSession,
  code: string,
  { contextId, userGesture }: Evaluation,
): Promise<unknown> {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
    expression: code,
    awaitPromise: true,
    userGesture,
    ...(contextId === undefined ? {} : { contextId }),
  });
  if (exceptionDetails) {
    const thrown = exceptionDetails.exception;
    const described =
      thrown?.description ?? (thrown && 'value' in thrown ? String(thrown.value) : exceptionDetails.text);
    throw errorFrom(described);
  }
  if (result.objectId !== undefined) return await clone(cdp, result.objectId);
  return result.unserializableValue === undefined
    ? (result.value as unknown)
    : special(result.unserializableValue);
}

async function clone(cdp: CdpSession, objectId: string): Promise<unknown> {
  encodeFunction ||= `function () { 'use strict'; ${readFileSync(new URL('./encode.js', import.meta.url), 'utf8')}; return world.encode(this); }`;
  const { result, exceptionDetails } = await cdp.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: encodeFunction,
    returnByValue: true,
  });
  void cdp.send('Runtime.releaseObject', { objectId }).catch(ignoreGone);
  if (exceptionDetails) throw new Error('An object could not be cloned.');
  return decode(result.value as string);
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
