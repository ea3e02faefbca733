import { CHAPTERS } from './chapters.ts';
import type { Chapter } from './chapters.ts';
import { json, page } from './http.ts';
import type { Routes } from './http.ts';
import { layout } from './layout.ts';

function link(chapter: Chapter | undefined, label: string): string {
  if (chapter === undefined) return '<span></span>';
  return `<a href="/page/${chapter.number}">${label}: ${chapter.title}</a>`;
}

function contents(): string {
  return CHAPTERS.map((chapter) => `<li><a href="/page/${chapter.number}">${chapter.title}</a></li>`).join(
    '',
  );
}

function chapterBody(chapter: Chapter): string {
  const paragraphs = chapter.paragraphs
    .map((text, index) => `<p id="note-${index + 1}"><small>${index + 1}</small>${text}</p>`)
    .join('');
  const around = `<nav class="around">${link(CHAPTERS[chapter.number - 2], 'Before')}${link(CHAPTERS[chapter.number], 'Next')}</nav>`;
  return `<p class="kicker">Chapter ${chapter.number} of ${CHAPTERS.length}</p><h1>${chapter.title}</h1>${around}${paragraphs}${around}`;
}

/** Pages to read, and `/me`: the server's own word on who asks. */
export const READING: Routes = {
  'GET /': ({ account }) =>
    page(
      layout({
        title: 'Field Notes',
        account,
        main: `<h1>Field Notes</h1><p class="lead">Eight chapters from a coast that is on no map.</p><ol class="contents">${contents()}</ol>`,
      }),
    ),
  'GET /me': ({ account }) =>
    page(
      layout({
        title: account === null ? 'Nobody' : `${account}'s desk`,
        account,
        main:
          account === null
            ? '<h1>Who are you?</h1><p class="lead">The server does not know you. <a href="/login">Sign in</a>.</p>'
            : `<h1>Your desk</h1><p class="lead">The server knows who you are. Pick up where you left off.</p><ol class="contents">${contents()}</ol>`,
      }),
    ),
  'GET /me.json': ({ account }) => json({ account }),
  'GET /page/*': ({ account, url }) => {
    const chapter = CHAPTERS[Number(url.pathname.slice('/page/'.length)) - 1];
    if (chapter === undefined) return { status: 404, body: 'There is no such chapter.' };
    return page(layout({ title: chapter.title, account, main: chapterBody(chapter) }));
  },
};
