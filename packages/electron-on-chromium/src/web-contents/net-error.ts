import type Protocol from 'devtools-protocol';

/** Chromium's numbers (net/base/net_error_list.h) for the names that `Page.navigate` answers. */
const codes: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_INVALID_ARGUMENT: -4,
  ERR_FILE_NOT_FOUND: -6,
  ERR_TIMED_OUT: -7,
  ERR_ACCESS_DENIED: -10,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_NETWORK_CHANGED: -21,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_CONNECTION_CLOSED: -100,
  ERR_CONNECTION_RESET: -101,
  ERR_CONNECTION_REFUSED: -102,
  ERR_CONNECTION_ABORTED: -103,
  ERR_CONNECTION_FAILED: -104,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_SSL_PROTOCOL_ERROR: -107,
  ERR_ADDRESS_INVALID: -108,
  ERR_ADDRESS_UNREACHABLE: -109,
  ERR_TUNNEL_CONNECTION_FAILED: -111,
  ERR_CONNECTION_TIMED_OUT: -118,
  ERR_PROXY_CONNECTION_FAILED: -130,
  ERR_CERT_COMMON_NAME_INVALID: -200,
  ERR_CERT_DATE_INVALID: -201,
  ERR_CERT_AUTHORITY_INVALID: -202,
  ERR_INVALID_URL: -300,
  ERR_DISALLOWED_URL_SCHEME: -301,
  ERR_UNKNOWN_URL_SCHEME: -302,
  ERR_INVALID_REDIRECT: -303,
  ERR_TOO_MANY_REDIRECTS: -310,
  ERR_UNSAFE_REDIRECT: -311,
  ERR_UNSAFE_PORT: -312,
  ERR_INVALID_RESPONSE: -320,
  ERR_EMPTY_RESPONSE: -324,
};

/** The coarser reasons of the Fetch domain. */
const reasons: Readonly<Record<Protocol.Network.ErrorReason, string>> = {
  Failed: 'ERR_FAILED',
  Aborted: 'ERR_ABORTED',
  TimedOut: 'ERR_TIMED_OUT',
  AccessDenied: 'ERR_ACCESS_DENIED',
  ConnectionClosed: 'ERR_CONNECTION_CLOSED',
  ConnectionReset: 'ERR_CONNECTION_RESET',
  ConnectionRefused: 'ERR_CONNECTION_REFUSED',
  ConnectionAborted: 'ERR_CONNECTION_ABORTED',
  ConnectionFailed: 'ERR_CONNECTION_FAILED',
  NameNotResolved: 'ERR_NAME_NOT_RESOLVED',
  InternetDisconnected: 'ERR_INTERNET_DISCONNECTED',
  AddressUnreachable: 'ERR_ADDRESS_UNREACHABLE',
  BlockedByClient: 'ERR_BLOCKED_BY_CLIENT',
  BlockedByResponse: 'ERR_BLOCKED_BY_RESPONSE',
};

export interface NetError {
  /** Such as `ERR_CONNECTION_REFUSED`. */
  readonly name: string;
  /** Chromium's negative number; -2 (failed) for a name that is not in the table. */
  readonly code: number;
}

export function netErrorNamed(text: string): NetError {
  const name = text.replace(/^net::/, '');
  return { name, code: codes[name] ?? -2 };
}

export function netErrorFor(reason: Protocol.Network.ErrorReason): NetError {
  return netErrorNamed(reasons[reason]);
}

/** What `loadURL` rejects with, in Electron's words. */
export function loadError({ name, code }: NetError, url: string): Error {
  return Object.assign(new Error(`${name} (${code}) loading '${url}'`), { errno: code, code: name, url });
}
