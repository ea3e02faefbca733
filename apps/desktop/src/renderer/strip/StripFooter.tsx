import History from 'lucide-solid/icons/rotate-ccw-clock';
import Info from 'lucide-solid/icons/info';
import Trash from 'lucide-solid/icons/trash';
import { Show } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';

export function StripFooter(props: { onAbout: () => void }) {
  const application = useApplication();
  return (
    <div class="strip-foot">
      <button
        type="button"
        class="button quiet"
        aria-labelledby="trash-label"
        aria-describedby="trash-count"
        aria-expanded={application.panel() === 'trash'}
        onClick={() => application.togglePanel('trash')}
      >
        <Trash aria-hidden="true" size={16} />
        <span id="trash-label">Trash</span>
        <Show when={application.trashed().length > 0}>
          <span class="count" id="trash-count">
            {application.trashed().length}
          </span>
        </Show>
      </button>
      <button
        type="button"
        class="button quiet"
        aria-expanded={application.panel() === 'timeline'}
        onClick={() => application.togglePanel('timeline')}
      >
        <History aria-hidden="true" size={16} />
        History
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="About Retrace"
        title="About Retrace"
        onClick={() => props.onAbout()}
      >
        <Info aria-hidden="true" size={16} />
      </button>
    </div>
  );
}
