import type { ProxyConfig } from 'electron';
import { unsupported } from '../unsupported.ts';

/** Undefined is what the system says. */
export interface Proxy {
  /** As `--proxy-server` takes it; `direct://` for none. */
  readonly server: string;
  readonly bypass: string;
}

/** `session.setProxy`'s way of saying it as Chromium's switches do. Throws for scripts, which they cannot carry. */
export function proxyOf({
  mode,
  pacScript,
  proxyRules = '',
  proxyBypassRules = '',
}: ProxyConfig): Proxy | undefined {
  if (pacScript !== undefined && pacScript !== '') unsupported('ses.setProxy with pacScript');
  switch (mode ?? (proxyRules === '' ? 'system' : 'fixed_servers')) {
    case 'direct':
      return { server: 'direct://', bypass: '' };
    case 'fixed_servers':
      return { server: proxyRules, bypass: proxyBypassRules };
    case 'system':
      return undefined;
    case 'auto_detect':
    case 'pac_script':
      return unsupported(`ses.setProxy with mode ${String(mode)}`);
  }
}

/** What `resolveProxy` answers: `DIRECT`, or the servers for the scheme of `url` as a PAC script names them. */
export function resolved(proxy: Proxy | undefined, url: string): string {
  if (!proxy || proxy.server === 'direct://') return 'DIRECT';
  const scheme = new URL(url).protocol.slice(0, -1);
  const rules = proxy.server.split(';').map((rule) => /^(?:(\w+)=)?(.*)$/.exec(rule.trim()));
  const rule =
    rules.find((match) => match?.[1] === scheme) ?? rules.find((match) => match?.[1] === undefined);
  const [, kind = 'http', server = ''] = /^(?:(\w+):\/\/)?(.*)$/.exec(rule?.[2] ?? '') ?? [];
  if (server === '') return 'DIRECT';
  return `${kind === 'http' ? 'PROXY' : kind.toUpperCase()} ${server}`;
}
