import type { MessagePort, Worker } from 'node:worker_threads';
// Like comlink, at half its cost a call: it listens once, and an answer finds its question by a key.
import { createBirpc, type BirpcReturn } from 'birpc';
import type { LogListener, LogService } from './wire.ts';

/** The log's service in the worker, as the main thread calls it. */
export type RemoteLog = BirpcReturn<LogService, LogListener>;

/** What is never answered is the silence watch's to notice. */
const NO_TIMEOUT = -1;

/** Calls the service of a worker that {@link serveLog} runs in. `$close(error)` rejects with it what is not answered yet. */
export function callLog(worker: Worker, listener: LogListener): RemoteLog {
  return createBirpc<LogService, LogListener>(listener, { ...channelOf(worker), timeout: NO_TIMEOUT });
}

/** Answers the main thread from inside the worker. */
export function serveLog(port: MessagePort, start: (listener: LogListener) => LogService): void {
  const service = start({ announce: (work) => void main.announce(work) });
  const main = createBirpc<LogListener, LogService>(service, {
    ...channelOf(port),
    bind: 'functions',
    eventNames: ['announce'],
  });
}

function channelOf(port: MessagePort | Worker) {
  return {
    post: (message: unknown) => port.postMessage(message),
    on: (hear: (message: unknown) => void) => void port.on('message', hear),
  };
}
