import { PROVIDERS } from '@retrace/protocol';
import type { ProviderId } from '@retrace/protocol';

/** The strokes of each mark on a grid of 20: a letter of our own drawing, never a trademark's logo. */
const STROKES = {
  claude: 'M13.2 7.2A4.2 4.2 0 1 0 13.2 12.8',
  openai: 'M10 5.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4',
  gemini: 'M13.2 7.2A4.2 4.2 0 1 0 14.2 10.4H10.6',
  custom: 'M10 5.6L14.4 10L10 14.4L5.6 10Z',
} as const satisfies Record<ProviderId, string>;

export function ProviderMark(props: { provider: ProviderId }) {
  return (
    <svg class="provider-mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <rect width="20" height="20" rx="5" fill={PROVIDERS[props.provider].colour} />
      <path class="provider-mark-letter" d={STROKES[props.provider]} />
    </svg>
  );
}
