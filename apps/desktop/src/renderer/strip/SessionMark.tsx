import type { SessionRow } from '@retrace/protocol';
import { Show } from 'solid-js';
import { ProviderMark } from './ProviderMark.tsx';

/** The provider's mark; for a site of one's own, the page's icon as soon as it is known, since all of them share one mark. */
export function SessionMark(props: { session: SessionRow }) {
  const icon = () => (props.session.provider === 'custom' ? props.session.metadata.favicon : null);
  return (
    <Show when={icon()} fallback={<ProviderMark provider={props.session.provider} />}>
      {(source) => <img class="provider-mark" src={source()} alt="" width="20" height="20" />}
    </Show>
  );
}
