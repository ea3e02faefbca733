import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import solid from 'eslint-plugin-solid/configs/typescript';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * Imports point one way: renderer → protocol, preload → protocol, main → engine → event-log, engine → protocol,
 * cli → engine, event-log and protocol.
 * Each row names a folder and what it may not import; `why` is what a person sees who tries.
 */
const boundaries = [
  {
    folder: 'packages/protocol/src',
    forbidden: ['@retrace/*', 'electron', 'electron/*', 'node:*', 'rxjs', 'solid-js'],
    why: 'protocol is types and schemas without I/O',
  },
  {
    folder: 'packages/event-log/src',
    forbidden: ['@retrace/*', 'electron', 'electron/*'],
    why: 'event-log knows nothing of sessions',
  },
  {
    folder: 'packages/engine/src',
    forbidden: ['@retrace/desktop', '@electric-sql/*', 'electron', 'electron/*', 'node:*', 'solid-js'],
    why: 'engine knows nothing of Electron, SQL or files',
  },
  {
    folder: 'packages/electron-on-chromium/src',
    forbidden: ['@retrace/*'],
    why: 'the runtime knows nothing of Retrace',
  },
  {
    folder: 'apps/cli/src',
    forbidden: ['@retrace/desktop', '@electric-sql/*', 'electron', 'electron/*', 'solid-js'],
    why: 'the command line sees the log, the engine and the protocol',
  },
  {
    folder: 'apps/desktop/src/preload',
    forbidden: [
      '@retrace/engine',
      '@retrace/event-log',
      '@retrace/engine/*',
      '@retrace/event-log/*',
      'node:*',
    ],
    why: 'preload sees the protocol only',
  },
  {
    folder: 'apps/desktop/src/renderer',
    forbidden: [
      '@retrace/engine',
      '@retrace/event-log',
      '@retrace/engine/*',
      '@retrace/event-log/*',
      'electron',
      'electron/*',
      'node:*',
    ],
    why: 'renderer sees the protocol only',
  },
];

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'bench-cache/', 'bench-out/', 'demo-out/', 'test-out/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers and booleans read well in messages.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['packages/electron-on-chromium/examples/*/page/*.js'],
    languageOptions: { globals: globals.browser },
  },
  { files: ['apps/desktop/src/renderer/**/*.{ts,tsx}'], ...solid },
  {
    files: ['**/*.test.ts'],
    ...jest.configs['flat/recommended'],
    languageOptions: { globals: globals.jest },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert', 'given'] }],
      'jest/no-disabled-tests': 'error',
      'jest/no-focused-tests': 'error',
    },
  },
  ...boundaries.map(({ folder, forbidden, why }) => ({
    files: [`${folder}/**/*.{ts,tsx}`],
    // A test may start real parts that its package must not know.
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: forbidden, message: `${why}.` },
            {
              group: ['**/packages/*', '**/apps/*', '**/../main/*', '**/../preload/*', '**/../renderer/*'],
              message: 'Import another part by its package name.',
            },
          ],
        },
      ],
    },
  })),
  {
    files: ['apps/desktop/src/**/*.ts'],
    ignores: ['apps/desktop/src/main/ipc/**', 'apps/desktop/src/preload/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportSpecifier[imported.name=/^ipc(Main|Renderer)$/]',
          message: 'Raw IPC lives in main/ipc and preload only; use the typed map of channels.',
        },
      ],
    },
  },
  prettier,
);
