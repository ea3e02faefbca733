import { register } from 'tsx/esm/api';

/* The entry of the log's worker thread with a recorder under it. A worker is plain JavaScript; this is how it gets TypeScript. */
register();
await import('./recorded-worker.ts');
