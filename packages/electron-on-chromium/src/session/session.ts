import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { isAbsolute } from 'node:path';
import type {
  ClearDataOptions,
  ClearStorageDataOptions,
  PreloadScript,
  PreloadScriptRegistration,
  ProxyConfig,
  Session as ElectronSession,
  WebContents as ElectronContents,
} from 'electron';
import type { PartitionHost } from '../browser/partition-host.ts';
import type { CdpSession } from '../cdp/session.ts';
import { Protocol } from '../protocol/protocol.ts';
import { unsupported } from '../unsupported.ts';
import type { WebContents } from '../web-contents/web-contents.ts';
import { nativeTheme } from '../native-theme.ts';
import { Cookies } from './cookies.ts';
import { watchDownloads } from './downloads.ts';
import { defaultPartition, memoryPartition, type Partition, persistentPartition } from './partitions.ts';
import { PermissionPolicy } from './permissions.ts';
import { type Proxy, proxyOf, resolved as resolvedProxy } from './proxy.ts';
import { sessionFetch } from './session-fetch.ts';
import { defaultUserAgent, overrideUserAgent } from './user-agent.ts';
import { WebRequest } from './web-request.ts';

const persistPrefix = 'persist:';
const sessions = new Map<string, Session>();
const createdListeners = new Set<(session: Session) => void>();

/** For `app`, which announces every new session. */
export function onSessionCreated(listener: (session: Session) => void): void {
  createdListeners.add(listener);
}

/** One browsing identity: the cookies, storage, cache and permissions that its pages share. */
export class Session extends EventEmitter {
  /** For the runtime only: where the storage lives and how to get hold of its process. */
  readonly host: PartitionHost;
  /** For the runtime only: the same for its pages that are drawn inside windows. */
  readonly viewHost: PartitionHost;
  readonly cookies: Cookies;
  readonly protocol = new Protocol();
  readonly webRequest = new WebRequest();
  readonly #partition: Partition;
  readonly #permissions = new PermissionPolicy();
  readonly #live = new Set<WebContents>();
  readonly #preloads = new Map<string, string>();
  #proxy: Proxy | undefined;
  #userAgent: string | undefined;
  #acceptLanguage: string | undefined;

  private constructor(partition: Partition) {
    super();
    this.#partition = partition;
    this.host = partition.host;
    this.viewHost = partition.viewHost;
    this.cookies = new Cookies(partition.host);
  }

  /** `persist:<name>` lives on disk, any other name in memory; the empty name is the default session. */
  static fromPartition(name: string): Session {
    const known = sessions.get(name);
    if (known) return known;
    const session = new Session(partitionOf(name));
    sessions.set(name, session);
    for (const listener of [...createdListeners]) listener(session);
    return session;
  }

  static get defaultSession(): Session {
    return Session.fromPartition('');
  }

  isPersistent(): boolean {
    return this.#partition.directory() !== null;
  }

  get storagePath(): string | null {
    return this.#partition.directory();
  }

  getStoragePath(): string | null {
    return this.#partition.directory();
  }

  getUserAgent(): string {
    return this.#userAgent ?? defaultUserAgent();
  }

  /** Holds for pages that are made from now on, as in Electron. */
  setUserAgent(userAgent: string, acceptLanguages?: string): void {
    this.#userAgent = userAgent;
    this.#acceptLanguage = acceptLanguages;
  }

  setPermissionRequestHandler(handler: Parameters<ElectronSession['setPermissionRequestHandler']>[0]): void {
    this.#permissions.setRequestHandler(handler);
    this.#applyPermissions();
  }

  setPermissionCheckHandler(handler: Parameters<ElectronSession['setPermissionCheckHandler']>[0]): void {
    this.#permissions.setCheckHandler(handler);
    this.#applyPermissions();
  }

  /**
   * Devices are never offered to pages here: without a window of its own Chromium has nothing to choose them with and refuses
   * by itself. So this handler, which could only allow some of what is offered, is never asked. The same holds for
   * {@link setBluetoothPairingHandler} and {@link setDisplayMediaRequestHandler}.
   */
  setDevicePermissionHandler(): void {
    // Nothing is ever offered.
  }

  setBluetoothPairingHandler(): void {
    // Nothing is ever offered.
  }

  setDisplayMediaRequestHandler(): void {
    // Nothing is ever offered.
  }

  /** Chromium writes DOM storage by itself and, at the latest, when the partition's process ends, which waits for it. */
  flushStorageData(): void {
    void this.cookies.flushStore();
  }

  /** Without an origin, the storage of every origin of the partition is erased. */
  async clearStorageData(options: ClearStorageDataOptions = {}): Promise<void> {
    const storageTypes = options.storages?.map((storage) => storageTypeNames[storage]).join(',') ?? 'all';
    await this.#onAPage((page) =>
      page.send('Storage.clearDataForOrigin', { origin: options.origin ?? '*', storageTypes }),
    );
  }

  /** Throws for `excludeOrigins`: Chromium's protocol erases by origin or all. */
  async clearData({ dataTypes, origins = ['*'], excludeOrigins }: ClearDataOptions = {}): Promise<void> {
    if (excludeOrigins) unsupported('ses.clearData with excludeOrigins');
    const storageTypes = dataTypes?.flatMap((type) => dataTypeNames[type] ?? []).join(',') ?? 'all';
    if (storageTypes !== '')
      await this.#onAPage((page) =>
        Promise.all(
          origins.map((origin) => page.send('Storage.clearDataForOrigin', { origin, storageTypes })),
        ),
      );
    if (dataTypes?.includes('cache') ?? true) await this.clearCache();
  }

  /** `input` as `fetch` takes it. */
  fetch(
    input: string | URL | Request,
    init?: RequestInit & { readonly bypassCustomProtocolHandlers?: boolean },
  ): Promise<Response> {
    return sessionFetch(this, input, init);
  }

  /** Before the first page or cookie of the partition: Chromium takes its proxy when it starts. Rejects later. */
  async setProxy(config: ProxyConfig): Promise<void> {
    await Promise.resolve();
    this.#partition.setProxy(proxyOf(config));
    this.#proxy = proxyOf(config);
  }

  /** Bypass rules are not looked at. */
  resolveProxy(url: string): Promise<string> {
    return Promise.resolve(resolvedProxy(this.#proxy, url));
  }

  /** For pages that are made from now on. Only those of frames; throws for service workers. */
  registerPreloadScript({ type, filePath, id = randomUUID() }: PreloadScriptRegistration): string {
    if (type !== 'frame') unsupported(`ses.registerPreloadScript with type ${type}`);
    if (!isAbsolute(filePath)) throw new Error('Preload script must have absolute path');
    if (this.#preloads.has(id)) throw new Error(`Cannot register preload script with existing ID '${id}'`);
    this.#preloads.set(id, filePath);
    return id;
  }

  unregisterPreloadScript(id: string): void {
    if (!this.#preloads.delete(id))
      throw new Error(`Cannot unregister preload script with non-existing ID '${id}'`);
  }

  getPreloadScripts(): PreloadScript[] {
    return [...this.#preloads].map(([id, filePath]) => ({ id, filePath, type: 'frame' }));
  }

  async clearCache(): Promise<void> {
    await this.#onAPage((page) => page.send('Network.clearBrowserCache'));
  }

  /**
   * For the runtime only: gives a new page what its session asks of it, while the page is still paused. Nothing of it is
   * answered by a page, so awaiting it cannot hold the page up.
   */
  async prepare(contents: WebContents): Promise<void> {
    const { cdp, lease } = contents;
    this.#live.add(contents);
    void cdp.detached.then(() => this.#live.delete(contents));
    this.cookies.addPage(cdp);
    cdp.on('Page.frameStartedNavigating', ({ frameId, url }) => {
      if (frameId === contents.targetId) this.#permit(contents, url);
    });
    await Promise.all([
      overrideUserAgent(contents, this.#userAgent, this.#acceptLanguage),
      this.#permissions.applyDefault(lease),
      watchDownloads(this, contents),
      nativeTheme.follow(cdp),
    ]);
  }

  #permit(contents: WebContents, url: string): void {
    // What a page may do is decided for the class of Electron's types that this runtime's class stands for.
    const asked = contents as unknown as ElectronContents;
    this.#permissions.applyTo(contents.lease, asked, url).catch((error: unknown) => {
      if (!contents.isDestroyed()) throw error;
    });
  }

  #applyPermissions(): void {
    for (const contents of this.#live) {
      this.#permissions.applyDefault(contents.lease).catch((error: unknown) => {
        if (!contents.isDestroyed()) throw error;
      });
      this.#permit(contents, contents.getURL());
    }
  }

  /** Some commands reach a partition's storage only through one of its pages: a live one, or a blank one for the moment. */
  async #onAPage(use: (page: CdpSession) => Promise<unknown>): Promise<void> {
    const [live] = this.#live;
    if (live) {
      await use(live.cdp);
      return;
    }
    const lease = await this.host.lease();
    try {
      const page = await lease.targets.create({
        surface: 'hidden',
        browserContextId: lease.browserContextId,
        width: 1,
        height: 1,
      });
      await use(page.session);
      await lease.process.browser.send('Target.closeTarget', { targetId: page.targetId });
    } finally {
      await lease.release();
    }
  }
}

/** Chromium keeps nothing else of what Electron names. */
const dataTypeNames: Partial<Record<NonNullable<ClearDataOptions['dataTypes']>[number], string>> = {
  cookies: 'cookies',
  fileSystems: 'file_systems',
  indexedDB: 'indexeddb',
  localStorage: 'local_storage',
  serviceWorkers: 'service_workers,cache_storage',
};

const storageTypeNames = {
  cookies: 'cookies',
  filesystem: 'file_systems',
  indexdb: 'indexeddb',
  localstorage: 'local_storage',
  shadercache: 'shader_cache',
  serviceworkers: 'service_workers',
  cachestorage: 'cache_storage',
} as const;

function partitionOf(name: string): Partition {
  if (name === '') return defaultPartition();
  if (name.startsWith(persistPrefix)) return persistentPartition(name.slice(persistPrefix.length));
  return memoryPartition(Session.defaultSession.host);
}
