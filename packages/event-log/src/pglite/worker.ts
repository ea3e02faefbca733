import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import { endpointOf } from './node-endpoint.ts';
import { PgliteLogService } from './log-service.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread; see openPgliteLog.');

/*
 * V8 hands a WebAssembly function to its optimising compiler after so many bytes run. Its default, 1.8 million, takes hundreds of
 * functions that only a start runs, and their compiling doubles what the start costs the processor; what an append runs gets there still.
 */
setFlagsFromString('--wasm-tiering-budget=20000000');

expose(new PgliteLogService((work) => port.postMessage(work)), endpointOf(port));
