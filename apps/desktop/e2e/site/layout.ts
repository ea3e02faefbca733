const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A hue from 0 to 359 that is always the same for a name, so that two accounts are told apart at a glance. */
function hueOf(name: string): number {
  return Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
}

function badge(account: string | null): string {
  if (account === null) return '<a class="badge stranger" href="/login">Not signed in</a>';
  const name = escapeHtml(account);
  const initial = escapeHtml(account.slice(0, 1).toUpperCase());
  return `<a class="badge" href="/me" style="--hue: ${hueOf(account)}"><span aria-hidden="true">${initial}</span>Signed in as <strong id="account">${name}</strong></a>`;
}

export interface Document {
  readonly title: string;
  /** Whom the server takes the visitor for; shown on every page. */
  readonly account: string | null;
  /** HTML, already escaped. */
  readonly main: string;
  /** Files of `public/` to run. */
  readonly scripts?: readonly string[];
  readonly brand?: 'Field Notes' | 'Beacon ID';
}

/** A whole page of the site, signed with the identity that the server sees. */
export function layout({ title, account, main, scripts = [], brand = 'Field Notes' }: Document): string {
  const tags = scripts.map((name) => `<script src="/public/${name}" defer></script>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/public/icon.svg">
<link rel="stylesheet" href="/public/site.css">
${tags}
</head>
<body>
<header><a class="brand" href="/">${brand}</a>${badge(account)}</header>
<main>${main}</main>
</body>
</html>`;
}
