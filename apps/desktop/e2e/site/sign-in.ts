import type { Accounts } from './accounts.ts';
import { page, redirect } from './http.ts';
import type { Routes } from './http.ts';
import { escapeHtml, layout } from './layout.ts';

const THIRTY_DAYS_S = 30 * 24 * 60 * 60;

/** The login cookie is for this browser session only: it has no expiry, so Chromium itself forgets it at a restart. */
function loginCookie(token: string): string {
  return `login=${token}; Path=/; HttpOnly; SameSite=Lax`;
}

/** Signing in to the site: by its own form, or with an account of the identity provider at `identityOrigin`. */
export function signInRoutes(accounts: Accounts, grants: Accounts, identityOrigin: string): Routes {
  return {
    'GET /login': ({ account }) =>
      page(
        layout({
          title: 'Sign in',
          account,
          main: `<section class="card"><h1>Sign in</h1>
<form method="post" action="/login">
<label>Name <input name="account" autocomplete="off" autofocus required></label>
<label class="row"><input type="checkbox" name="remember"> Keep a cookie for thirty days too</label>
<button>Sign in</button>
</form>
<p>or <a href="/signin">use an account of Beacon ID</a></p></section>`,
        }),
      ),
    'POST /login': ({ form }) => {
      const account = form.get('account')?.trim() ?? '';
      if (account === '') return redirect('/login');
      const remembered = `remembered=${encodeURIComponent(account)}; Path=/; Max-Age=${THIRTY_DAYS_S}; SameSite=Lax`;
      return redirect('/me', [
        loginCookie(accounts.signIn(account)),
        ...(form.has('remember') ? [remembered] : []),
      ]);
    },
    'GET /signin': ({ account }) => {
      const authorize = (mode: string) => escapeHtml(`${identityOrigin}/authorize?mode=${mode}`);
      return page(
        layout({
          title: 'Sign in with Beacon ID',
          account,
          scripts: ['popup-sign-in.js'],
          main: `<section class="card"><h1>Sign in with Beacon ID</h1>
<p><a class="button" id="by-redirect" href="${authorize('redirect')}">Continue on Beacon ID</a></p>
<p><button id="by-popup" data-identity="${authorize('popup')}">Continue in a window</button></p></section>`,
        }),
      );
    },
    'GET /signin/callback': ({ url }) => {
      const account = grants.redeem(url.searchParams.get('code') ?? undefined);
      if (account === null) return { status: 403, body: 'This sign-in was not granted.' };
      return redirect('/me', [loginCookie(accounts.signIn(account))]);
    },
  };
}
