import { createEffect, createSignal, on } from 'solid-js';
import type { Application } from '../state/application.ts';
import { withNewest, withOlder } from './timeline-rows.ts';
import type { TimelineStretch } from './timeline-rows.ts';

const PAGE_LENGTH = 100;

/** The newest part of the log, kept up to date while the panel is open; older parts are read when asked for. */
export function createTimeline({ api, ask, table }: Pick<Application, 'api' | 'ask' | 'table'>) {
  const [stretch, setStretch] = createSignal<TimelineStretch>({ events: [], hasMore: true });
  const [loaded, setLoaded] = createSignal(false);
  let readingOlder = false;
  let readingNewest = false;
  let readAgain = false;

  async function readNewest(): Promise<void> {
    // Many events at once need one reading after the running one, not one each.
    readAgain = readingNewest;
    if (readingNewest) return;
    readingNewest = true;
    const page = await ask(api.timeline.read({ limit: PAGE_LENGTH }));
    readingNewest = false;
    if (page !== null) setStretch((known) => withNewest(known, page));
    setLoaded(true);
    if (readAgain) await readNewest();
  }

  async function readOlder(): Promise<void> {
    const oldest = stretch().events.at(-1);
    if (readingOlder || oldest === undefined || !stretch().hasMore) return;
    readingOlder = true;
    const page = await ask(api.timeline.read({ before: oldest.position, limit: PAGE_LENGTH }));
    readingOlder = false;
    if (page !== null) setStretch((known) => withOlder(known, page));
  }

  createEffect(
    on(
      () => table.position,
      () => void readNewest(),
    ),
  );

  return { stretch, loaded, readOlder };
}
