import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { PgliteLogService } from './log-service.ts';

if (parentPort === null) throw new Error('This file is the entry of a worker thread; see openPgliteLog.');
expose(new PgliteLogService(), nodeEndpoint(parentPort));
