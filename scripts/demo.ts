/**
 * `npm run demo`: the promise of Retrace, shown on a local site whose server is the judge. Two people sign in, one session is
 * deleted, three weeks pass, Undo is pressed. Exits 0 only if the server still sees the same person on the same page.
 */
import { deepStrictEqual, strictEqual } from 'node:assert';
import { join, relative } from 'node:path';
import type { NavigationList } from '@retrace/protocol';
import { eventually } from '../apps/desktop/e2e/app/eventually.ts';
import { Stage } from '../apps/desktop/e2e/app/stage.ts';
import { ensureBuilt } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { Album } from './demo/album.ts';
import { BrokenStory, Story } from './demo/story.ts';
import { tellTimeline } from './demo/tell-timeline.ts';
import { root } from './project.ts';
import { findRuntime, hasDisplay } from './runtime.ts';

const SCROLLED_TO = 1200;

const addresses = ({ entries, index }: NavigationList) => ({ urls: entries.map(({ url }) => url), index });

async function tellStory(stage: Stage, story: Story, album: Album): Promise<void> {
  const { site } = stage;
  const at = (path: string) => site.origin + path;
  const picture = (name: string) => album.add(stage.retrace.window, name);

  async function signIn(session: string, account: string): Promise<void> {
    const { api, ui } = stage.retrace;
    await ui.createSession({ provider: 'Custom', name: session, startPage: at('/login') });
    const page = stage.retrace.page(await api.rowNamed(session));
    await page.arrived(at('/login'));
    await page.type('input[name=account]', account);
    await page.click('button');
    await page.arrived(at('/me'));
    strictEqual(await page.account(), account);
  }

  async function read(session: string, paths: readonly string[]): Promise<void> {
    const page = stage.retrace.page(await stage.retrace.api.rowNamed(session));
    for (const path of paths) {
      await page.click(`a[href="${path}"]`);
      await page.arrived(at(path));
    }
  }

  story.measured('start on an empty folder, to a usable list', stage.retrace.startMs);
  await picture('first-start');

  await story.step('Ada signs in to the site, in a session of her own', () => signIn('Ada', 'Ada'));
  await story.step('Grace signs in to the same site, in another session', () => signIn('Grace', 'Grace'));
  await picture('two-accounts');
  await story.step('Grace reads two chapters', () => read('Grace', ['/page/1', '/page/2']));

  const ada = await stage.retrace.api.rowNamed('Ada');
  await story.step('Ada reads three, goes back one, and scrolls down', async () => {
    await stage.retrace.ui.tab('Ada').click();
    await read('Ada', ['/page/3', '/page/4', '/page/5']);
    await stage.retrace.ui.button('Back').click();
    await stage.retrace.page(ada).arrived(at('/page/4'));
    await stage.retrace.page(ada).scrollTo(SCROLLED_TO);
  });
  const before = addresses((await stage.retrace.api.row(ada.id)).metadata.navigation);
  story.tell(`Her list: ${before.urls.map((url) => url.slice(site.origin.length)).join('  ')}`);
  await picture('before-deletion');

  await story.step('Ada’s session is deleted; nobody asks whether that was meant', async () => {
    await story.timed('delete, to its row gone', () => stage.retrace.ui.deleteSession('Ada'));
    await stage.retrace.ui.deletedToast('Ada').waitFor();
  });
  await picture('deleted');

  await story.step('Retrace quits, and starts again three weeks later', async () => {
    await stage.restart({ after: 'quit', clockOffset: 'P21D' });
    story.measured('start on its data, to a usable list', stage.retrace.startMs);
    strictEqual(await stage.retrace.ui.tab('Ada').count(), 0, 'Ada’s session is in the list.');
  });
  const { ui, window } = stage.retrace;
  const grace = stage.retrace.page(await stage.retrace.api.rowNamed('Grace'));
  await grace.arrived(at('/page/2'));
  await story.step('The history still shows the deletion, with a button beside it', async () => {
    await ui.button('History').click();
    await ui.panel('History').getByRole('button', { name: 'Undo: Deleted “Ada”' }).waitFor();
  });
  await picture('three-weeks-later');

  const mark = site.requests.mark;
  const page = stage.retrace.page(ada);
  await story.step('Undo is pressed', () =>
    story.timed('restore, to the page where it was', async () => {
      await ui.panel('History').getByRole('button', { name: 'Undo: Deleted “Ada”' }).click();
      await page.arrived(at('/page/4'));
      await eventually(async () => strictEqual(await page.scrollTop(), SCROLLED_TO));
    }),
  );

  await story.step('The server is asked who came, and where to', async () => {
    const request = await site.requests.arrival('/page/4', mark);
    strictEqual(request.account, 'Ada', 'The server does not see Ada.');
    strictEqual(await page.account(), 'Ada', 'The page does not greet Ada.');
    story.tell(`Request ${request.number}: ${request.method} ${request.path}, from ${request.account}`);
  });
  await story.step('The back/forward list and the place on the page are the same', async () => {
    deepStrictEqual(addresses((await stage.retrace.api.row(ada.id)).metadata.navigation), before);
    strictEqual(await page.scrollTop(), SCROLLED_TO);
  });
  await window.keyboard.press('Escape');
  await picture('brought-back');
  await story.step('Both ways of the list lead on, and Grace was never touched', async () => {
    await ui.button('Back').click();
    await page.arrived(at('/page/3'));
    strictEqual(await page.account(), 'Ada');
    await ui.tab('Grace').click();
    await grace.arrived(at('/page/2'));
    strictEqual(await grace.account(), 'Grace');
  });
  await picture('and-the-other');
}

async function demo(): Promise<void> {
  const { kind } = findRuntime();
  const window = hasDisplay() ? 'shown' : 'hidden';
  if (kind === 'chromium') ensureChromium(window === 'shown' ? 'window' : 'tests');
  await ensureBuilt();
  const album = await Album.open(join(root, 'demo-out'));
  const story = new Story();
  const stage = await story.step('A local site with a login page starts, and Retrace opens', () =>
    Stage.open(),
  );
  story.tell(`${stage.site.origin}, on ${kind === 'electron' ? 'Electron' : 'the installed Chromium'}`);
  try {
    await tellStory(stage, story, album);
    tellTimeline(await stage.retrace.api.events());
  } finally {
    await stage.close();
  }
  console.log(`\nThe server agreed: the same person, on the same page, at the same place.`);
  console.log(`Pictures are in ${relative(process.cwd(), album.folder) || '.'}.`);
  story.tellFigures();
}

await demo().catch((error: unknown) => {
  if (error instanceof BrokenStory) console.error(`${error.message}\n`);
  console.error(error instanceof BrokenStory ? error.cause : error);
  process.exitCode = 1;
});
