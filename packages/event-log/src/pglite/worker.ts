import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import { endpointOf } from './node-endpoint.ts';
import { PgliteLogService } from './log-service.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread; see openPgliteLog.');
expose(new PgliteLogService((work) => port.postMessage(work)), endpointOf(port));
