import type { Session as ElectronSession, WebContents } from 'electron';
import type { Lease } from '../browser/partition-host.ts';
import { ignoreGone } from '../cdp/gone.ts';

type RequestHandler = NonNullable<Parameters<ElectronSession['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<ElectronSession['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];

/** Chromium's names of what a page can ask for, and what Electron calls them. Probed on Chromium 156. */
const permissions = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['background-sync', 'background-sync'],
  ['background-fetch', 'background-fetch'],
  ['storage-access', 'storage-access'],
  ['top-level-storage-access', 'top-level-storage-access'],
  ['persistent-storage', 'persistent-storage'],
  ['idle-detection', 'idle-detection'],
  ['screen-wake-lock', 'screen-wake-lock'],
  ['system-wake-lock', 'system-wake-lock'],
  ['local-fonts', 'local-fonts'],
  ['window-management', 'window-management'],
  ['display-capture', 'display-capture'],
  ['payment-handler', 'payment-handler'],
  ['accelerometer', 'sensors'],
  ['gyroscope', 'sensors'],
  ['magnetometer', 'sensors'],
  ['ambient-light-sensor', 'sensors'],
  ['pointer-lock', 'pointerLock'],
  ['keyboard-lock', 'keyboardLock'],
  ['nfc', 'nfc'],
  ['periodic-background-sync', 'periodic-background-sync'],
  ['captured-surface-control', 'captured-surface-control'],
  ['speaker-selection', 'speaker-selection'],
] as const satisfies readonly (readonly [string, Permission])[];

/**
 * A session's permission handlers, as a policy. Chromium does not tell over its protocol that a page is asking, so the handlers
 * are asked for every permission when a page of an origin arrives, and their answers are set before its scripts run. An answer
 * that comes later is set when it comes; until then the permission is refused. Without handlers all is granted, as in Electron.
 */
export class PermissionPolicy {
  #onRequest: RequestHandler | null = null;
  #onCheck: CheckHandler | null = null;

  setRequestHandler(handler: RequestHandler | null): void {
    this.#onRequest = handler;
  }

  setCheckHandler(handler: CheckHandler | null): void {
    this.#onCheck = handler;
  }

  /** What holds for an origin that has not been decided on yet. */
  async applyDefault(lease: Lease): Promise<void> {
    const setting = this.#onRequest || this.#onCheck ? 'denied' : 'granted';
    await set(
      lease,
      permissions.map(([name]) => ({ name, setting })),
    );
  }

  /** To be called before a document of `url` is committed in `contents`. */
  async applyTo(lease: Lease, contents: WebContents, url: string): Promise<void> {
    if (!this.#onRequest && !this.#onCheck) return;
    const origin = URL.parse(url)?.origin ?? 'null';
    // Chromium keeps no decisions for documents without an origin; for them the default holds.
    if (origin === 'null') return;
    const granted = new Set<Permission>();
    let settled = false;
    for (const permission of new Set(permissions.map(([, permission]) => permission))) {
      this.#ask(contents, permission, url, () => {
        granted.add(permission);
        if (settled) void set(lease, settings(granted), origin).catch(ignoreGone);
      });
    }
    settled = true;
    await set(lease, settings(granted), origin);
  }

  #ask(contents: WebContents, permission: Permission, requestingUrl: string, grant: () => void): void {
    const details = { isMainFrame: true, requestingUrl };
    if (this.#onCheck && !this.#onCheck(contents, permission, new URL(requestingUrl).origin, details)) return;
    if (!this.#onRequest) {
      grant();
      return;
    }
    this.#onRequest(
      contents,
      permission,
      (isGranted) => {
        if (isGranted) grant();
      },
      details,
    );
  }
}

interface Setting {
  readonly name: string;
  readonly setting: 'granted' | 'denied';
}

function settings(granted: ReadonlySet<Permission>): Setting[] {
  return permissions.map(([name, permission]) => ({
    name,
    setting: granted.has(permission) ? 'granted' : 'denied',
  }));
}

async function set(lease: Lease, wanted: readonly Setting[], origin?: string): Promise<void> {
  await Promise.all(
    wanted.map(({ name, setting }) =>
      lease.process.browser.send('Browser.setPermission', {
        permission: { name },
        setting,
        ...(origin === undefined ? {} : { origin }),
        ...(lease.browserContextId === undefined ? {} : { browserContextId: lease.browserContextId }),
      }),
    ),
  );
}
