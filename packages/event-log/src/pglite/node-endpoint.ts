import type { MessagePort, Worker } from 'node:worker_threads';
import type { Endpoint } from 'comlink';
// @ts-expect-error -- comlink types this file under another name, where TypeScript does not look for the one that Node resolves.
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';

/** A worker thread, or the port to its parent, as comlink takes it. The type is what comlink's own `node-adapter.d.ts` says. */
export const endpointOf = nodeEndpoint as (port: MessagePort | Worker) => Endpoint;
