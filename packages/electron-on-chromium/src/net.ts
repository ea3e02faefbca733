import { networkInterfaces } from 'node:os';

/** `net`: requests of the app itself. They know nothing of a session: no cookies, no proxy, no protocol handlers. */
export const net = {
  /** Node's own. */
  fetch: (input: string | URL | Request, init?: RequestInit): Promise<Response> => fetch(input, init),
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
