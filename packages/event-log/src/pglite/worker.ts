import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { serveLog } from './log-rpc.ts';
import { PgliteLogService } from './log-service.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread; see openPgliteLog.');

/*
 * V8 hands a WebAssembly function to its optimising compiler once it has run so many bytes. By its default, 1.8 million, half of what
 * a start costs the processor goes into functions that nothing runs again. What appends and reads need gets there still.
 */
setFlagsFromString('--wasm-tiering-budget=100000000');

serveLog(port, (listener) => new PgliteLogService(listener));
