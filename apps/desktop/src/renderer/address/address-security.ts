import { isLoopback } from '@retrace/protocol';

/** How safe the way to a page is, as far as its address tells. */
export type AddressSecurity = 'encrypted' | 'this-computer' | 'not-encrypted' | 'none';

/** `none` for pages without a host, such as `about:blank` and whatever is no URL. */
export function addressSecurity(address: string): AddressSecurity {
  if (!URL.canParse(address)) return 'none';
  const url = new URL(address);
  if (url.protocol === 'https:') return 'encrypted';
  if (url.protocol !== 'http:') return 'none';
  return isLoopback(url) ? 'this-computer' : 'not-encrypted';
}

export const ADDRESS_SECURITY_WORDS = {
  encrypted: 'The connection is encrypted',
  'this-computer': 'A page of this computer',
  'not-encrypted': 'The connection is not encrypted',
  none: 'No connection',
} as const satisfies Record<AddressSecurity, string>;
