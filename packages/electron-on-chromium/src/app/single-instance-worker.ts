import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import type { LockRequest, SecondInstance } from './single-instance.ts';

/**
 * Holds the lock of one `userData` directory: a listening socket, which the system takes back when its owner dies. It runs
 * in a thread because Electron answers `requestSingleInstanceLock` at once, and sockets do not.
 */
if (parentPort === null) throw new Error('This file is the entry of a worker thread; see SingleInstance.');
const [{ path, second, outcome }] = (await once(parentPort, 'message')) as [LockRequest];

function answer(held: 1 | 2): void {
  Atomics.store(outcome, 0, held);
  Atomics.notify(outcome, 0);
}

function listen(): Promise<boolean> {
  const server = createServer(receive);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(path, () => resolve(true));
  });
}

/** False when nobody listens: where sockets are files, one is left behind by an owner that was killed. */
function tell(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => socket.write(`${JSON.stringify(second)}\n`));
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function receive(socket: Socket): void {
  let text = '';
  socket.setEncoding('utf8');
  // The other side may be killed at any moment; what it has said until then is not acted on.
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (!text.endsWith('\n')) return;
    socket.end('heard\n');
    parentPort?.postMessage(JSON.parse(text) as SecondInstance);
  });
}

for (;;) {
  if (await listen()) {
    answer(1);
    break;
  }
  if (await tell()) {
    answer(2);
    break;
  }
  rmSync(path, { force: true });
}
