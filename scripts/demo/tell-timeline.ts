import type { RecordedEvent } from '@retrace/protocol';

function detailOf({ type, data }: RecordedEvent): string {
  if (type === 'SessionCreated') return data.name;
  if (type === 'SessionNavigated') return `${data.cause}: ${data.url}`;
  if (type === 'SessionPageDescribed') return data.title;
  return '';
}

/** The whole log, a line an event, oldest first. */
export function tellTimeline(events: readonly RecordedEvent[]): void {
  console.log('\nThe timeline');
  for (const event of events) {
    const position = String(event.position).padStart(4);
    const when = event.recordedAt.slice(0, 19).replace('T', ' ');
    console.log(
      `${position}  ${when}  ${event.actor.padEnd(6)}  ${event.type.padEnd(20)}  ${detailOf(event)}`.trimEnd(),
    );
  }
}
