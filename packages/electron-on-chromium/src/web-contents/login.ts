import type Protocol from 'devtools-protocol';
import { ElectronEvent } from '../electron-event.ts';
import type { Credentials } from './request-interception.ts';

type Emit = (event: 'login', ...args: unknown[]) => unknown;

/** Tells `login`, and waits for the callback when a listener prevents the default, which is to give up. */
export function askForLogin(
  emit: Emit,
  { request, authChallenge, frameId }: Protocol.Fetch.AuthRequiredEvent,
  isMainFrame: (frameId: string) => boolean,
): Promise<Credentials | undefined> {
  const { source, origin, scheme, realm } = authChallenge;
  const { hostname, port, protocol } = new URL(origin);
  const details = { url: request.url, pid: 0, isMainFrame: isMainFrame(frameId), firstAuthAttempt: true };
  const info = {
    isProxy: source === 'Proxy',
    scheme,
    host: hostname,
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    realm,
  };
  return new Promise((resolve) => {
    const event = new ElectronEvent();
    emit('login', event, details, info, (username?: string, password = '') =>
      resolve(username === undefined ? undefined : { username, password }),
    );
    if (!event.defaultPrevented) resolve(undefined);
  });
}
