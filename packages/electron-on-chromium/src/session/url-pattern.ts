/**
 * Whether `url` fits one of Chromium's match patterns, such as `*://*.example.com/path/*` or `<all_urls>`
 * (https://developer.chrome.com/docs/extensions/develop/concepts/match-patterns), as Electron's filters take them.
 */
export function fitsPattern(url: string, pattern: string): boolean {
  if (pattern === '<all_urls>') return true;
  const match = /^([^:]+):\/\/([^/]*)(\/.*)?$/s.exec(pattern);
  const target = URL.parse(url);
  if (!match || !target) return false;
  const [, scheme = '', host = '', path = '/*'] = match;
  const isScheme = scheme === '*' ? /^(http|ws)s?:$/.test(target.protocol) : target.protocol === `${scheme}:`;
  return isScheme && fitsHost(target, host) && wildcards(path).test(target.pathname + target.search);
}

function fitsHost({ host, hostname }: URL, pattern: string): boolean {
  const wanted = pattern.startsWith('*.') ? pattern.slice(2) : pattern;
  const actual = pattern.includes(':') ? host : hostname;
  return wildcards(wanted).test(actual) || (pattern !== wanted && actual.endsWith(`.${wanted}`));
}

function wildcards(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');
}
