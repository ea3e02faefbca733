import type { ChainCheck, ChainLink } from '../port.ts';
import type { ChainedEvent } from './chained-event.ts';
import { checkEvents } from './check-events.ts';
import { parseEventLine } from './event-line.ts';

/** The events of some lines of an export, each with its line feed, if they go on from `link` and are what was appended. */
export function checkLines(
  link: ChainLink,
  lines: string,
): ChainCheck & { readonly events: readonly ChainedEvent[] } {
  const events: ChainedEvent[] = [];
  for (const line of lines.split('\n').slice(0, -1)) {
    const parsed = parseEventLine(line);
    if ('flaw' in parsed) {
      const before = checkEvents(link, events);
      const position = link.position + events.length + 1;
      return before.kind === 'broken'
        ? { ...before, events }
        : { kind: 'broken', position, reason: parsed.flaw, events };
    }
    events.push(parsed.event);
  }
  return { ...checkEvents(link, events), events };
}
