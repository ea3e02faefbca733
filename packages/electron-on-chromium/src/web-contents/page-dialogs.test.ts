import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserProcess } from '../browser/browser-process.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { Targets } from '../browser/targets.ts';
import type { CdpSession } from '../cdp/session.ts';
import type { MessageAnswer, ShownMessage } from '../panel/panel.ts';
import { answerDialogs } from './page-dialogs.ts';

let profileDir: string;
let chromium: BrowserProcess;
let page: CdpSession;
let person: ((question: ShownMessage) => MessageAnswer) | undefined;
const asked: ShownMessage[] = [];

beforeAll(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'dialogs-'));
  chromium = await BrowserProcess.start({
    browser: findBrowser('headless-shell'),
    profileDir,
    display: 'headless',
    switches: [],
  });
  const targets = await Targets.watch(chromium);
  page = (await targets.create({ surface: 'view', width: 300, height: 200 })).session;
  answerDialogs(page, {
    mayLeave: () => true,
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(person?.(question));
    },
  });
  await Promise.all([page.send('Page.enable'), page.send('Runtime.runIfWaitingForDebugger')]);
});

afterAll(async () => {
  await chromium.close();
  await rm(profileDir, { recursive: true, force: true });
});

const inPage = async (expression: string): Promise<unknown> => {
  const { result } = await page.send('Runtime.evaluate', { expression, returnByValue: true });
  return result.value;
};
const questions = '[alert("a"), confirm("b"), prompt("c", "d")]';

describe('what a page asks', () => {
  it('is answered without a person: read, and cancelled', async () => {
    person = undefined;
    expect(await inPage(questions)).toEqual([null, false, null]);
  });

  it('is answered by the person who sees it', async () => {
    asked.length = 0;
    person = () => ({ response: 1, checkboxChecked: false, input: 'typed' });
    expect(await inPage(questions)).toEqual([null, true, 'typed']);
    expect(asked.map(({ message, buttons, input }) => [message, buttons, input])).toEqual([
      ['a', ['OK'], null],
      ['b', ['Cancel', 'OK'], null],
      ['c', ['Cancel', 'OK'], 'd'],
    ]);
  });

  it('is cancelled by the person', async () => {
    person = () => ({ response: 0, checkboxChecked: false, input: 'typed' });
    expect(await inPage(questions)).toEqual([null, false, null]);
  });
});
