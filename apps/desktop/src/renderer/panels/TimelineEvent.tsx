import type { RecordedEvent } from '@retrace/protocol';
import { Show } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import { ProviderMark } from '../strip/ProviderMark.tsx';
import { ACTOR_WORDS, eventSentence } from './event-sentence.ts';
import { exactTime, timeOfDay } from './exact-time.ts';
import { isUndoable } from './undoable.ts';

interface TimelineEventProps {
  readonly event: RecordedEvent;
  /** Actions that were taken back already. */
  readonly undone: ReadonlySet<string>;
  readonly onUndo: () => void;
}

export function TimelineEvent(props: TimelineEventProps) {
  const { table } = useApplication();
  const nameOf = (id: RecordedEvent['data']['sessionId']) => table.sessions[id]?.name ?? 'a session';
  const provider = () => table.sessions[props.event.data.sessionId]?.provider ?? 'custom';
  const name = () => nameOf(props.event.data.sessionId);
  const sentence = () => eventSentence(props.event, nameOf);
  return (
    <div class="timeline-event" data-actor={props.event.actor}>
      <ProviderMark provider={provider()} />
      <div class="row-words">
        <div class="row-title" title={sentence()}>
          {sentence()}
        </div>
        <div class="row-detail">
          <time datetime={props.event.recordedAt} title={exactTime(props.event.recordedAt)}>
            {timeOfDay(props.event.recordedAt)}
          </time>
          {' · '}
          {ACTOR_WORDS[props.event.actor]}
          <Show when={!sentence().includes(name())}>
            {' · '}
            {name()}
          </Show>
        </div>
      </div>
      <Show
        when={isUndoable(props.event, props.undone, table)}
        fallback={
          <Show when={props.undone.has(props.event.correlationId)}>
            <span class="row-detail">Undone</span>
          </Show>
        }
      >
        <button
          type="button"
          class="button small"
          aria-label={`Undo: ${sentence()}`}
          onClick={() => props.onUndo()}
        >
          Undo
        </button>
      </Show>
    </div>
  );
}
