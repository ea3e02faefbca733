import type { Accounts } from './accounts.ts';
import { page, redirect } from './http.ts';
import type { Reply, Routes } from './http.ts';
import { escapeHtml, layout } from './layout.ts';

/**
 * Beacon ID: an identity provider on another origin, as small as one can be. It grants a code that is good for one login at
 * the site at `siteOrigin`, either by sending the browser back there or, from a window of its own, by a message to its opener.
 */
export function identityRoutes(identities: Accounts, grants: Accounts, siteOrigin: string): Routes {
  function grant(account: string, mode: string | null, cookies: readonly string[]): Reply {
    const code = grants.signIn(account);
    if (mode !== 'popup') return redirect(`${siteOrigin}/signin/callback?code=${code}`, cookies);
    const granted = page(
      layout({
        title: 'Signed in',
        account,
        brand: 'Beacon ID',
        scripts: ['popup-granted.js'],
        main: `<section class="card"><h1>Signed in</h1><p id="granted" data-code="${code}" data-site="${siteOrigin}">This window closes by itself.</p></section>`,
      }),
    );
    return { ...granted, headers: { ...granted.headers, 'set-cookie': cookies } };
  }

  return {
    'GET /authorize': ({ url, cookies }) => {
      const mode = url.searchParams.get('mode');
      const known = identities.of(cookies.get('beacon'));
      if (known !== null) return grant(known, mode, []);
      return page(
        layout({
          title: 'Beacon ID',
          account: null,
          brand: 'Beacon ID',
          main: `<section class="card"><h1>Your Beacon ID</h1>
<form method="post" action="/authorize?mode=${escapeHtml(mode ?? 'redirect')}">
<label>Name <input name="account" autocomplete="off" autofocus required></label>
<button>Allow</button>
</form></section>`,
        }),
      );
    },
    'POST /authorize': ({ url, form }) => {
      const account = form.get('account')?.trim() ?? '';
      const cookie = `beacon=${identities.signIn(account)}; Path=/; HttpOnly; SameSite=Lax`;
      return grant(account, url.searchParams.get('mode'), [cookie]);
    },
  };
}
