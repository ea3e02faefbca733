import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type Devtools from 'devtools-protocol';
import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import { ignoreWithdrawn } from '../cdp/withdrawn.ts';
import type { FrameTree } from '../web-contents/frame-tree.ts';
import type { RequestAnswerer } from '../web-contents/request-interception.ts';
import type { WebFrameMain } from '../web-contents/web-frame-main.ts';
import {
  type FromRenderer,
  isolatedWorldName,
  receiverName,
  type SyncMessage,
  type ToRenderer,
  type WorldConfig,
} from '../world/names.ts';
import { decode, encode } from './clone-codec.ts';
import { MessagePortMain } from './message-port-main.ts';
import { PagePorts } from './page-ports.ts';

/** What the preload scripts of a page say, after it is known which document said it. */
export interface PreloadListener {
  onSend(
    frame: WebFrameMain,
    channel: string,
    args: readonly unknown[],
    ports: readonly MessagePortMain[],
  ): void;
  /** `answer` is to be called once, at any time; the page stands still until then. */
  onSendSync(
    frame: WebFrameMain,
    channel: string,
    args: readonly unknown[],
    answer: (value: unknown) => void,
  ): void;
  onInvoke(frame: WebFrameMain, channel: string, args: readonly unknown[]): Promise<unknown>;
  onPreloadError(path: string, error: Error): void;
}

/**
 * A page's sandboxed preload scripts: they run in a world of their own before the page's first script, and reach the main
 * process through a binding that only that world has.
 */
export class PreloadChannel implements RequestAnswerer {
  readonly #binding = `electron${randomUUID().replaceAll('-', '')}`;
  /** Under which the page's synchronous messages arrive. A secret of the preload world. */
  readonly #syncPath = `/electron-send-sync/${randomUUID()}`;
  readonly #cdp: CdpSession;
  readonly #frames: FrameTree;
  readonly #listener: PreloadListener;
  readonly #ports = new PagePorts((frame, message) => void this.#deliver(frame, message));

  constructor(cdp: CdpSession, frames: FrameTree, listener: PreloadListener) {
    this.#cdp = cdp;
    this.#frames = frames;
    this.#listener = listener;
    cdp.on('Page.frameNavigated', () => this.#ports.closeDetached());
    void cdp.detached.then(() => this.#ports.closeAll());
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== this.#binding) return;
      const frame = frames.sender(cdp, executionContextId);
      // A document that has gone while its message was on the way has nobody to answer to.
      if (frame && !frame.detached) void this.#receive(frame, JSON.parse(payload) as FromRenderer);
    });
  }

  /** Registers the scripts. Everything is sent before the first answer is awaited, because the page is still paused. */
  async install(preloads: readonly string[]): Promise<void> {
    const worldName = isolatedWorldName;
    const config: WorldConfig = {
      channel: randomUUID(),
      binding: this.#binding,
      syncPath: this.#syncPath,
      process: {
        platform: process.platform,
        arch: process.arch,
        versions: { ...process.versions },
        argv: process.argv,
        env: { ...process.env },
      },
    };
    await Promise.all([
      this.#cdp.send('Runtime.addBinding', { name: this.#binding, executionContextName: worldName }),
      this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(config) }),
      this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolatedWorldScript(config, preloads),
        worldName,
      }),
    ]);
  }

  get patterns(): Devtools.Fetch.RequestPattern[] {
    return [{ urlPattern: `*${this.#syncPath}`, requestStage: 'Request' }];
  }

  answer(cdp: CdpSession, { request, requestId, frameId }: Devtools.Fetch.RequestPausedEvent): boolean {
    if (!request.url.endsWith(this.#syncPath)) return false;
    const frame = this.#frames.frame(frameId);
    const body = (request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'));
    const { channel, args } = JSON.parse(Buffer.concat(body).toString()) as SyncMessage;
    if (!frame) return false;
    this.#listener.onSendSync(frame, channel, decode(args) as unknown[], (value) => {
      cdp
        .send('Fetch.fulfillRequest', {
          requestId,
          responseCode: 200,
          // A document without an origin asks from elsewhere.
          responseHeaders: [{ name: 'Access-Control-Allow-Origin', value: '*' }],
          body: Buffer.from(encode(value)).toString('base64'),
        })
        .catch(ignoreWithdrawn);
    });
    return true;
  }

  send(
    frame: WebFrameMain,
    channel: string,
    args: readonly unknown[],
    transfer: readonly MessagePortMain[] = [],
  ): void {
    const encoded = encode([...args]);
    const ports = this.#ports.give(frame, MessagePortMain.take(transfer));
    void this.#deliver(frame, { kind: 'message', channel, args: encoded, ports });
  }

  async #receive(frame: WebFrameMain, message: FromRenderer): Promise<void> {
    switch (message.kind) {
      case 'send':
        this.#listener.onSend(frame, message.channel, decode(message.args) as unknown[], []);
        return;
      case 'post': {
        const ports = this.#ports.take(frame, message.ports).map((end) => new MessagePortMain(end));
        this.#listener.onSend(frame, message.channel, [decode(message.message)], ports);
        return;
      }
      case 'port-message':
      case 'port-close':
        this.#ports.hear(frame, message);
        return;
      case 'preload-error':
        this.#listener.onPreloadError(message.path, decode(message.error) as Error);
        return;
      case 'invoke': {
        const { id } = message;
        try {
          const value = await this.#listener.onInvoke(
            frame,
            message.channel,
            decode(message.args) as unknown[],
          );
          await this.#deliver(frame, { kind: 'answer', id, value: encode(value) });
        } catch (error) {
          await this.#deliver(frame, { kind: 'refusal', id, error: String(error) });
        }
      }
    }
  }

  async #deliver(frame: WebFrameMain, message: ToRenderer): Promise<void> {
    const contextId = frame.contexts.get(isolatedWorldName);
    if (frame.detached || contextId === undefined) return;
    // A document that goes away on the way gets no message, in Electron neither.
    await this.#cdp
      .send('Runtime.evaluate', {
        contextId,
        expression: `globalThis.${receiverName}(${JSON.stringify(message)})`,
      })
      .catch(ignoreGone);
  }
}

/** The built scripts lie beside the bundle. They are functions of their configuration and leave nothing in the global scope. */
function worldScript(file: string): string {
  return readFileSync(new URL(`./${file}`, import.meta.url), 'utf8');
}

function mainWorldScript({ channel }: WorldConfig): string {
  return `(() => { ${worldScript('main-world.js')}; world.install(${JSON.stringify({ channel })}); })();`;
}

function isolatedWorldScript(config: WorldConfig, preloads: readonly string[]): string {
  const runs = preloads.map((path) => {
    const source = readFileSync(path, 'utf8');
    // The line break ends a comment on the file's last line.
    return `run(${JSON.stringify(path)}, function (require, module, exports, process, global, setImmediate, clearImmediate) {${source}\n});`;
  });
  // Preloads run in the main frame only: `nodeIntegrationInSubFrames` is not supported.
  return `if (window === window.top) { const run = (() => { ${worldScript('isolated-world.js')}; return world.install(${JSON.stringify(config)}); })(); ${runs.join('\n')} }`;
}
