import X from 'lucide-solid/icons/x';
import type { ParentProps } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';

/** A side panel between strip and page: the page makes room, so nothing is covered. Escape closes it. */
export function Panel(props: ParentProps<{ title: string; ref?: HTMLElement }>) {
  const application = useApplication();
  return (
    <section
      ref={props.ref}
      class="panel"
      tabIndex={-1}
      aria-label={props.title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') application.setPanel(null);
      }}
    >
      <header class="panel-head">
        <h2>{props.title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={`Close ${props.title}`}
          title="Close"
          onClick={() => application.setPanel(null)}
        >
          <X aria-hidden="true" size={16} />
        </button>
      </header>
      {props.children}
    </section>
  );
}
