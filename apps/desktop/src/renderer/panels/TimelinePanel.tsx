import type { RecordedEvent } from '@retrace/protocol';
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
    getItemKey: (index) => rows()[index]?.key ?? index,
    overscan: 8,
  });

  /**
   * By key and not by place, so that an element stays with its event: what is focused, or about to be clicked, is the same
   * after new events have moved it down.
   */
  const inSight = createMemo(() => {
    const entries = new Map<string, { readonly row: TimelineRow; readonly start: number }>();
    for (const { index, start } of virtualizer.getVirtualItems()) {
      const row = rows()[index];
      if (row !== undefined) entries.set(row.key, { row, start });
    }
    return entries;
  });

  function takeBack(event: RecordedEvent): void {
    // The button goes with the undo; the keyboard stays in the list.
    scroller.focus();
    void application.undo(event.correlationId);
  }

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
          <For each={[...inSight().keys()]}>
            {(key) => {
              const style = () => ({ transform: `translateY(${inSight().get(key)?.start ?? 0}px)` });
              return (
                <Switch>
                  <Match when={dayOfRow(inSight().get(key)?.row)}>
                    {(day) => (
                      <li class="timeline-day" style={style()}>
                        <h3>{dayLabel(day(), now())}</h3>
                      </li>
                    )}
                  </Match>
                  <Match when={eventOfRow(inSight().get(key)?.row)}>
                    {(event) => (
                      <li class="timeline-row" style={style()}>
                        <TimelineEvent event={event()} undone={undone()} onUndo={() => takeBack(event())} />
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
  const index = rows.findIndex(({ key }) => key === row.key);
  return rows.slice(0, Math.max(0, index)).reduce((height, { kind }) => height + ROW_HEIGHT[kind], 0);
}

const dayOfRow = (row: TimelineRow | undefined) => (row?.kind === 'day' ? row.day : null);
const eventOfRow = (row: TimelineRow | undefined) => (row?.kind === 'event' ? row.event : null);
