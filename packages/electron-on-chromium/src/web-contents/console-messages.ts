import type Protocol from 'devtools-protocol';
import type { WebContentsConsoleMessageEventParams } from 'electron';
import type { CdpSession } from '../cdp/session.ts';

export type ConsoleMessage = Omit<WebContentsConsoleMessageEventParams, 'frame'>;

/** Tells what a page and its preload scripts print, and the exceptions that nobody has caught, as `console-message` does. */
export function followConsole(cdp: CdpSession, tell: (message: ConsoleMessage) => void): void {
  cdp.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const level = levels[type];
    if (level === undefined) return;
    tell({ level, message: args.map(textOf).join(' '), ...placeOf(stackTrace) });
  });
  cdp.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    const { text, exception, url = '', lineNumber } = exceptionDetails;
    const message = exception?.description === undefined ? text : `${text} ${exception.description}`;
    tell({ level: 'error', message, lineNumber: lineNumber + 1, sourceId: url });
  });
}

const levels: Partial<Record<Protocol.Runtime.ConsoleAPICalledEvent['type'], ConsoleMessage['level']>> = {
  log: 'info',
  info: 'info',
  dir: 'info',
  table: 'info',
  debug: 'debug',
  warning: 'warning',
  error: 'error',
  assert: 'error',
};

function textOf({ value, unserializableValue, description, type }: Protocol.Runtime.RemoteObject): string {
  if (type === 'string') return String(value);
  return unserializableValue ?? description ?? String(value);
}

function placeOf(
  stack: Protocol.Runtime.StackTrace | undefined,
): Pick<ConsoleMessage, 'lineNumber' | 'sourceId'> {
  const [top] = stack?.callFrames ?? [];
  return { lineNumber: (top?.lineNumber ?? 0) + 1, sourceId: top?.url ?? '' };
}
