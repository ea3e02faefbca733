import { networkInterfaces } from 'node:os';
import { sessionFetch } from './session/session-fetch.ts';
import { Session } from './session/session.ts';

/** `net`: requests of the app itself, in the default session. */
export const net = {
  fetch: (...[input, init]: Parameters<Session['fetch']>): Promise<Response> =>
    sessionFetch(Session.defaultSession, input, init),
  isOnline: (): boolean => isOnline(),
  get online(): boolean {
    return isOnline();
  },
};

/** Without a network interface besides the loopback there is no way out; whether there is one with it, only trying tells. */
function isOnline(): boolean {
  return Object.values(networkInterfaces())
    .flat()
    .some((address) => address !== undefined && !address.internal);
}
