import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { BrowserProcess } from '../browser/browser-process.ts';
import { liveProcesses, onProcessStarted } from '../browser/process-registry.ts';
import { CdpError } from '../cdp/errors.ts';
import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';

interface Command {
  readonly id: number;
  readonly method: string;
  readonly params?: Record<string, unknown>;
  readonly sessionId?: string;
}

/** Asked of every process, now and of those that start later: a test driver sees the pages of all of them. */
const broadcast = new Set(['Target.setAutoAttach', 'Target.setDiscoverTargets']);

/**
 * `--remote-debugging-port`: one DevTools endpoint for all Chromium processes of the app, so that a test driver that knows
 * one browser (Playwright's `_electron`) sees windows and the pages of every partition.
 *
 * Returns the address that Electron would print.
 */
export async function openDevtoolsEndpoint(port: number, onCloseRequest: () => void): Promise<string> {
  const path = `/devtools/browser/${randomUUID()}`;
  const server = new WebSocketServer({ host: '127.0.0.1', port, path, perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  server.on('connection', (socket) => new Client(socket, onCloseRequest));
  // `port` is given, so the address is one of a network, not of a pipe.
  const address = server.address() as AddressInfo;
  return `ws://127.0.0.1:${address.port}${path}`;
}

class Client {
  readonly #socket: WebSocket;
  readonly #onCloseRequest: () => void;
  readonly #roots = new Map<BrowserProcess, Promise<CdpSession>>();
  readonly #sessions = new Map<string, CdpSession>();
  readonly #owners = new Map<string, CdpSession>();
  readonly #repeated = new Map<string, unknown>();
  readonly #waiting: Command[] = [];

  constructor(socket: WebSocket, onCloseRequest: () => void) {
    this.#socket = socket;
    this.#onCloseRequest = onCloseRequest;
    const stop = onProcessStarted((process) => this.#addProcess(process));
    socket.on('close', () => {
      stop();
      for (const root of this.#roots.values()) void root.then((session) => this.#detach(session));
    });
    socket.on('message', (data: Buffer) => this.#receive(JSON.parse(data.toString('utf8')) as Command));
    for (const process of liveProcesses()) this.#addProcess(process);
  }

  #addProcess(process: BrowserProcess): void {
    const root = this.#open(process);
    this.#roots.set(process, root);
    void process.exited.then(() => this.#roots.delete(process));
    // A process that ends while it is being opened is simply not there.
    root.catch(() => this.#roots.delete(process));
    for (const command of this.#waiting.splice(0)) this.#receive(command);
  }

  async #open(process: BrowserProcess): Promise<CdpSession> {
    const { sessionId } = await process.browser.send('Target.attachToBrowserTarget');
    const root = process.browser.child(sessionId);
    this.#forward(root, undefined);
    for (const [method, params] of this.#repeated) await root.sendUntyped(method, params);
    return root;
  }

  /** Tells the client the events of a session and of those that come from it. */
  #forward(session: CdpSession, sessionId: string | undefined): void {
    session.onAny((method, params) => {
      if (method === 'Target.attachedToTarget') {
        const { sessionId: childId, targetInfo } = params as {
          sessionId: string;
          targetInfo: { targetId: string };
        };
        const child = session.child(childId);
        this.#sessions.set(childId, child);
        this.#owners.set(targetInfo.targetId, session);
        void child.detached.then(() => this.#sessions.delete(childId));
        this.#forward(child, childId);
      }
      this.#tell({ method, params, ...(sessionId === undefined ? {} : { sessionId }) });
    });
  }

  #receive(command: Command): void {
    const { method, params = {}, sessionId } = command;
    if (sessionId !== undefined) {
      const session = this.#sessions.get(sessionId);
      if (session) this.#pass(command, session);
      else this.#refuse(command, new CdpError(method, -32001, 'Session with given id not found.'));
      return;
    }
    if (method === 'Browser.close') {
      this.#answer(command, {});
      this.#onCloseRequest();
      return;
    }
    const roots = [...this.#roots.values()];
    const [first] = roots;
    if (!first) {
      this.#waiting.push(command);
      return;
    }
    if (broadcast.has(method)) {
      this.#repeated.set(method, params);
      Promise.all(roots.map(async (root) => (await root).sendUntyped(method, params))).then(
        ([result]) => this.#answer(command, result),
        (error: unknown) => this.#refuse(command, error),
      );
      return;
    }
    const { targetId } = params;
    const owner = typeof targetId === 'string' ? this.#owners.get(targetId) : undefined;
    first.then(
      (root) => this.#pass(command, owner ?? root),
      (error: unknown) => this.#refuse(command, error),
    );
  }

  /** The answer keeps its place among the events: a driver that learns of a script world before its frame forgets it. */
  #pass(command: Command, session: CdpSession): void {
    session.forward(command.method, command.params ?? {}, (answer) => {
      if (answer.ok) this.#answer(command, answer.result);
      else this.#refuse(command, answer.error);
    });
  }

  #answer(command: Command, result: unknown): void {
    this.#tell({ ...addressOf(command), result });
  }

  #refuse(command: Command, error: unknown): void {
    const code = error instanceof CdpError ? error.code : -32000;
    const message = error instanceof Error ? error.message.replace(/^[\w.]+: /, '') : String(error);
    this.#tell({ ...addressOf(command), error: { code, message } });
  }

  #tell(message: object): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Pages that the client has paused go on. The process may end at the same moment; then there is nothing to let go of. */
  #detach(root: CdpSession): void {
    if (root.closed) return;
    root
      .send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: true })
      .catch(ignoreGone);
  }
}

/** Which command of which session a message answers. */
function addressOf({ id, sessionId }: Command): Pick<Command, 'id' | 'sessionId'> {
  return { id, ...(sessionId === undefined ? {} : { sessionId }) };
}
