/** Workspace packages are imported as TypeScript source, so one transform serves them all; types are checked by tsc. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['ts-jest', { useESM: true, diagnostics: false, tsconfig: '<rootDir>/tsconfig.base.json' }],
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/bench-cache/'],
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/packages/**/*.test.ts',
        '<rootDir>/apps/cli/**/*.test.ts',
        '<rootDir>/apps/desktop/src/**/*.test.ts',
        '<rootDir>/scripts/**/*.test.ts',
      ],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/apps/desktop/e2e/**/*.test.ts'] },
  ],
  testTimeout: 60_000,
  // PGlite and Chromium need hundreds of megabytes an instance.
  maxWorkers: 2,
};
