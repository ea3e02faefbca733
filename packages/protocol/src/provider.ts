import * as v from 'valibot';

/** The sites a session can be made for. `custom` stands for any other site. */
export const PROVIDER_IDS = ['claude', 'openai', 'gemini', 'custom'] as const;

export const ProviderIdSchema = v.picklist(
  PROVIDER_IDS,
  `Unknown provider. Use one of: ${PROVIDER_IDS.join(', ')}.`,
);
export type ProviderId = v.InferOutput<typeof ProviderIdSchema>;

export interface Provider {
  readonly id: ProviderId;
  /** The name on screen. */
  readonly name: string;
  /** Opened by a new session that names no address. */
  readonly homeUrl: string;
  /** Accent of the provider's mark, as a CSS colour that reads on light and dark. */
  readonly colour: string;
}

export const PROVIDERS = {
  claude: { id: 'claude', name: 'Claude', homeUrl: 'https://claude.ai/new', colour: '#c96442' },
  openai: { id: 'openai', name: 'OpenAI', homeUrl: 'https://chat.openai.com/', colour: '#10a37f' },
  gemini: { id: 'gemini', name: 'Gemini', homeUrl: 'https://gemini.google.com/', colour: '#4a7fe0' },
  custom: { id: 'custom', name: 'Custom', homeUrl: 'about:blank', colour: '#7a7f87' },
} as const satisfies Record<ProviderId, Provider>;
