/**
 * Chromium cannot be taught a scheme from outside. A page of `app://retrace/index.html` is served to it from
 * `https://retrace.app.localhost/index.html`, which is a secure context and never leaves the machine, and every address that
 * the app's code sees is mapped back here.
 */
export interface SchemePrivileges {
  readonly standard?: boolean;
  readonly secure?: boolean;
  readonly supportFetchAPI?: boolean;
  readonly corsEnabled?: boolean;
  readonly stream?: boolean;
  readonly bypassCSP?: boolean;
  readonly allowServiceWorkers?: boolean;
  readonly codeCache?: boolean;
  readonly allowExtensions?: boolean;
}

const schemes = new Map<string, SchemePrivileges>();

export function registerScheme(scheme: string, privileges: SchemePrivileges): void {
  schemes.set(scheme.toLowerCase(), privileges);
}

/** The address under which Chromium knows `url`. */
export function toInternalUrl(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  if (!match) return url;
  const [, scheme = '', host = '', rest = ''] = match;
  if (!schemes.has(scheme.toLowerCase())) return url;
  return `https://${hostFor(scheme.toLowerCase(), host.toLowerCase())}${/^[/?#]/.test(rest) || rest === '' ? rest : `/${rest}`}`;
}

/** The address that the app's code is shown for what Chromium calls `url`. */
export function toExternalUrl(url: string): string {
  const match = /^https:\/\/([^/?#:]*)\.localhost(?=[/?#]|$)(.*)$/s.exec(url);
  if (!match) return url;
  const [, labels = '', rest = ''] = match;
  const scheme = labels.slice(labels.lastIndexOf('.') + 1);
  if (!schemes.has(scheme)) return url;
  return `${scheme}://${labels.slice(0, Math.max(0, labels.lastIndexOf('.')))}${rest}`;
}

/** What {@link toExternalUrl} does to an origin; Electron writes those of standard schemes the same way. */
export function toExternalOrigin(origin: string): string {
  return toExternalUrl(origin);
}

/** The pattern of all requests to `scheme`, as `Fetch.enable` wants it. */
export function requestPatternFor(scheme: string): string[] {
  return schemes.has(scheme)
    ? [`https://*.${scheme}.localhost/*`, `https://${scheme}.localhost/*`]
    : [`${scheme}://*`];
}

function hostFor(scheme: string, host: string): string {
  return host === '' ? `${scheme}.localhost` : `${host}.${scheme}.localhost`;
}
