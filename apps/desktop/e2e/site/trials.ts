import { page, redirect } from './http.ts';
import type { Routes } from './http.ts';
import { escapeHtml, layout } from './layout.ts';

/** Pages that try the browser: its redirects, history, storage, permissions, windows and patience. */
export const TRIALS: Routes = {
  'GET /redirect/server': ({ url }) => redirect(url.searchParams.get('to') ?? '/'),
  'GET /redirect/client': ({ account, url }) =>
    page(
      layout({
        title: 'Moved',
        account,
        scripts: ['client-redirect.js'],
        main: `<p id="moved" data-to="${escapeHtml(url.searchParams.get('to') ?? '/')}">This page has moved.</p>`,
      }),
    ),
  'GET /in-page': ({ account }) =>
    page(
      layout({
        title: 'One page, many places',
        account,
        scripts: ['in-page.js'],
        main: `<h1>One page, many places</h1><p>Now at <output id="place">start</output>.</p>
<p><button id="push">Go on without loading</button> <a href="#below">Jump below</a></p><h2 id="below">Below</h2>`,
      }),
    ),
  'GET /storage': ({ account }) =>
    page(
      layout({
        title: 'Storage',
        account,
        scripts: ['storage.js'],
        main: '<h1>Storage</h1><p>Writes a mark into every store that a page has, and reads them.</p>',
      }),
    ),
  'GET /basic': ({ authorization }) => {
    if (authorization === null) {
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="Field Notes"' }, body: 'none' };
    }
    const [name = ''] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':');
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: name };
  },
  'GET /permissions': ({ account }) =>
    page(
      layout({
        title: 'Permissions',
        account,
        scripts: ['permissions.js'],
        main: '<h1>Permissions</h1><p>Asks for everything a page can ask for.</p>',
      }),
    ),
  'GET /windows': ({ account }) =>
    page(
      layout({
        title: 'Windows and odd links',
        account,
        scripts: ['windows.js'],
        main: `<h1>Windows and odd links</h1>
<ul class="contents">
<li><a id="blank" href="/page/2" target="_blank">In a new window</a></li>
<li><a id="file" href="file:///etc/hostname">A file</a></li>
<li><a id="script" href="javascript:document.title='ran'">A script</a></li>
<li><a id="data" href="data:text/html,data">A data address</a></li>
</ul>
<p><button id="open">Open a window</button> <button id="later">Open a window later</button></p><p>Last: <output id="last">nothing</output></p>`,
      }),
    ),
};
