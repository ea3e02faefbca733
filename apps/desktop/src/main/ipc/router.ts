import { CHANNELS, MAX_PAYLOAD_LENGTH, RetraceError } from '@retrace/protocol';
import type { Answer, Channel, ChannelAnswers, ChannelArguments, Failure } from '@retrace/protocol';
import * as v from 'valibot';
import { isFromOwnPage } from './sender.ts';
import type { SentMessage } from './sender.ts';

/** One function for each channel, called with arguments that fit the channel's schema. Throws `RetraceError` to refuse. */
export type Handlers = {
  readonly [C in Channel]: (...args: ChannelArguments<C>) => ChannelAnswers[C] | Promise<ChannelAnswers[C]>;
};

/** What is used of a window's `webContents.ipc`. */
export interface Registry {
  handle(channel: string, listener: (event: SentMessage, ...args: unknown[]) => Promise<Answer>): void;
}

/**
 * Registers every channel of the protocol on one window's own `webContents.ipc` (security row 7): no other web contents can
 * reach them. Each message passes the sender check, the size limit and its schema before its handler sees it; every outcome
 * is an `Answer`, none carries a stack.
 *
 * @param handlers resolves once the sessions are loaded: a window that asks earlier waits.
 * @param report writes an unexpected error down and answers a reference to it for the person.
 */
export function registerChannels(
  registry: Registry,
  handlers: Promise<Handlers>,
  report: (error: unknown) => string,
): void {
  for (const channel of Object.keys(CHANNELS) as Channel[]) {
    registry.handle(channel, (event, ...args) => {
      // First and synchronous, see isFromOwnPage.
      if (!isFromOwnPage(event)) {
        return Promise.resolve(
          failed({ code: 'SenderRefused', message: 'Only Retrace’s own window may ask for this.' }),
        );
      }
      return answerCall(channel, handlers, args, report);
    });
  }
}

async function answerCall<C extends Channel>(
  channel: C,
  handlers: Promise<Handlers>,
  args: readonly unknown[],
  report: (error: unknown) => string,
): Promise<Answer<ChannelAnswers[C]>> {
  const tooLarge = refuseBySize(args);
  if (tooLarge !== null) return failed(tooLarge);
  const parsed = v.safeParse(CHANNELS[channel], args);
  if (!parsed.success) {
    return failed({ code: 'InvalidInput', message: describeIssue(parsed.issues[0]) });
  }
  try {
    const handler = (await handlers)[channel];
    // The schema of `channel` has just made these its arguments; TypeScript does not follow that through the union of channels.
    const answer = await (handler as (...args: unknown[]) => ChannelAnswers[C] | Promise<ChannelAnswers[C]>)(
      ...parsed.output,
    );
    return { success: true, ...answer };
  } catch (error) {
    if (error instanceof RetraceError) return failed(error.toFailure());
    const reference = report(error);
    return failed({
      code: 'Internal',
      message: `Something went wrong inside Retrace. It is written down in retrace.log under ${reference}.`,
    });
  }
}

function refuseBySize(args: readonly unknown[]): Failure | null {
  let length: number;
  try {
    length = JSON.stringify(args).length;
  } catch {
    // Cycles and big integers cross the bridge but are no JSON, and no channel takes them.
    return { code: 'InvalidInput', message: 'That cannot be written as JSON.' };
  }
  if (length <= MAX_PAYLOAD_LENGTH) return null;
  return { code: 'InvalidInput', message: `That is longer than ${MAX_PAYLOAD_LENGTH} characters.` };
}

/** A sentence for the person. The schemas' own messages are that; the library's are not, and quote what was sent. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  if (issue.message.endsWith('.')) return issue.message;
  const place = v.getDotPath(issue) ?? 'the request';
  if (issue.expected === 'never') return `“${place}” has no place here.`;
  if (issue.received === 'undefined') return `“${place}” is missing.`;
  return `“${place}” should be ${issue.expected ?? 'something else'}.`;
}

function failed(error: Failure): { readonly success: false; readonly error: Failure } {
  return { success: false, error };
}
