import { register } from 'tsx/esm/api';

/* The entry of the log's worker thread on a storage that can be made to end. */
register();
await import('./fragile-worker.ts');
