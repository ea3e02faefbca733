import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import { endpointOf } from './node-endpoint.ts';
import { PgliteLogService } from './log-service.ts';

if (parentPort === null) throw new Error('This file is the entry of a worker thread; see openPgliteLog.');
expose(new PgliteLogService(), endpointOf(parentPort));
