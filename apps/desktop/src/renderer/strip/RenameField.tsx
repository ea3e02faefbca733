import { MAX_NAME_LENGTH } from '@retrace/protocol';
import { onMount } from 'solid-js';

interface RenameFieldProps {
  readonly name: string;
  /** Called once. `name` is null when nothing is to be changed. */
  readonly onEnd: (name: string | null, ended: 'by-key' | 'by-leaving') => void;
}

/** The name as a text field. Enter and leaving it keep what was typed, Escape does not. */
export function RenameField(props: RenameFieldProps) {
  let field!: HTMLInputElement;
  let ended = false;
  const end = (name: string | null, how: 'by-key' | 'by-leaving') => {
    // Removing a focused field makes it lose the focus, which would end it a second time.
    if (ended) return;
    ended = true;
    props.onEnd(name, how);
  };
  onMount(() => {
    field.focus();
    field.select();
  });
  return (
    <input
      ref={field}
      type="text"
      class="text-field rename-field"
      aria-label="Session name"
      value={props.name}
      maxLength={MAX_NAME_LENGTH}
      autocomplete="off"
      spellcheck={false}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(field.value, 'by-key');
        if (event.key === 'Escape') end(null, 'by-key');
      }}
      onBlur={() => end(field.value, 'by-leaving')}
    />
  );
}
