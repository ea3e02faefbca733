import { createVirtualizer } from '@tanstack/solid-virtual';
import { For, Match, Show, Switch, createEffect, createMemo, on } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import { createNow } from '../state/now.ts';
import { Panel } from './Panel.tsx';
import { TimelineEvent } from './TimelineEvent.tsx';
import { dayLabel } from './day-label.ts';
import { createTimeline } from './timeline.ts';
import { timelineRows } from './timeline-rows.ts';
import type { TimelineRow } from './timeline-rows.ts';
import { undoneActions } from './undoable.ts';

/** Heights in pixels, as in panels.css. */
const ROW_HEIGHT = { day: 32, event: 52 };

/** Everything that ever happened, newest first. Only the lines in sight exist, however long the log is. */
export function TimelinePanel() {
  const application = useApplication();
  const timeline = createTimeline(application);
  const now = createNow(application.api.app.info);
  const rows = createMemo(() => timelineRows(timeline.stretch().events));
  const undone = createMemo(() => undoneActions(timeline.stretch().events));
  let scroller!: HTMLDivElement;

  const virtualizer = createVirtualizer({
    get count() {
      return rows().length;
    },
    getScrollElement: () => scroller,
    estimateSize: (index) => ROW_HEIGHT[rows()[index]?.kind ?? 'event'],
    getItemKey: (index) => {
      const row = rows()[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 8,
  });

  // What a person is reading stays where it is while new events come in above it.
  createEffect(
    on(rows, (current, previous = []) => {
      const newestBefore = previous.find((row) => row.kind === 'event');
      if (newestBefore === undefined || scroller.scrollTop === 0) return;
      scroller.scrollTop += heightAbove(current, newestBefore) - heightAbove(previous, newestBefore);
    }),
  );

  createEffect(() => {
    const last = virtualizer.getVirtualItems().at(-1);
    if (last !== undefined && last.index >= rows().length - 20) void timeline.readOlder();
  });

  return (
    <Panel title="History">
      <Show when={timeline.loaded() && rows().length === 0}>
        <p class="panel-empty">Nothing has happened yet.</p>
      </Show>
      <div ref={scroller} class="timeline" role="region" aria-label="Events, newest first" tabIndex={0}>
        <ol class="timeline-list" style={{ height: `${virtualizer.getTotalSize()}px` }}>
          <For each={virtualizer.getVirtualItems()}>
            {(item) => {
              const row = () => rows()[item.index];
              const place = () => ({ transform: `translateY(${item.start}px)` });
              return (
                <Switch>
                  <Match when={asDay(row())}>
                    {(day) => (
                      <li class="timeline-day" style={place()}>
                        <h3>{dayLabel(day().day, now())}</h3>
                      </li>
                    )}
                  </Match>
                  <Match when={asEvent(row())}>
                    {(found) => (
                      <li class="timeline-row" style={place()}>
                        <TimelineEvent event={found().event} undone={undone()} />
                      </li>
                    )}
                  </Match>
                </Switch>
              );
            }}
          </For>
        </ol>
      </div>
    </Panel>
  );
}

function heightAbove(rows: readonly TimelineRow[], row: TimelineRow): number {
  const index = rows.findIndex((other) => keyOf(other) === keyOf(row));
  return rows.slice(0, Math.max(0, index)).reduce((height, { kind }) => height + ROW_HEIGHT[kind], 0);
}

const keyOf = (row: TimelineRow) => (row.kind === 'day' ? row.day : row.event.position);
const asDay = (row: TimelineRow | undefined) => (row?.kind === 'day' ? row : null);
const asEvent = (row: TimelineRow | undefined) => (row?.kind === 'event' ? row : null);
