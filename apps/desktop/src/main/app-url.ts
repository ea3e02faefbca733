/** The privileged scheme and the one host that the window's own pages come from. */
export const APP_SCHEME = 'app';
const APP_HOST = 'retrace';
export const APP_INDEX = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * Whether `address` belongs to the window's own pages. Scheme and host are compared, not `URL.origin`: for a scheme the URL
 * standard does not know, that is the string `null` for every host.
 */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === ''
  );
}
