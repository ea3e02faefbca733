const ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>()]+/gi;

/** The text with every address in it cut to origin and path: queries and fragments carry tokens, user parts carry passwords. */
export function withoutSecrets(text: string): string {
  return text.replace(ADDRESS, (address) => {
    if (!URL.canParse(address)) return address.replace(/[?#].*$/s, '');
    const url = new URL(address);
    url.username = '';
    url.password = '';
    url.search = '';
    url.hash = '';
    return url.href;
  });
}
