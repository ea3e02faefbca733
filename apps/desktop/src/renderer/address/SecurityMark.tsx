import Globe from 'lucide-solid/icons/globe';
import Laptop from 'lucide-solid/icons/laptop';
import Lock from 'lucide-solid/icons/lock';
import LockOpen from 'lucide-solid/icons/lock-open';
import { Dynamic } from 'solid-js/web';
import { ADDRESS_SECURITY_WORDS, addressSecurity } from './address-security.ts';

const MARKS = { encrypted: Lock, 'this-computer': Laptop, 'not-encrypted': LockOpen, none: Globe };

export function SecurityMark(props: { address: string }) {
  const security = () => addressSecurity(props.address);
  return (
    <span class="security-mark" data-security={security()} title={ADDRESS_SECURITY_WORDS[security()]}>
      <Dynamic component={MARKS[security()]} aria-hidden="true" size={14} />
      <span class="visually-hidden">{ADDRESS_SECURITY_WORDS[security()]}</span>
    </span>
  );
}
