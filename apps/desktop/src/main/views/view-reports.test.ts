import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { ViewReport } from '@retrace/engine';
import { SessionIdSchema } from '@retrace/protocol';
import type { WebContents } from 'electron';
import * as v from 'valibot';
import { reportView } from './view-reports.ts';
import type { ViewReports } from './view-reports.ts';

const ID = v.parse(SessionIdSchema, '0b8f6a52-6f0e-4c1c-9c53-0d2f3b7a9e11');
const FRAME = { url: 'the page that starts it' };

/** A web contents as far as its events go, in the order that Electron documents for navigations. */
class FakeContents extends EventEmitter {
  entries: { url: string; title: string }[] = [];
  index = 0;
  readonly navigationHistory = {
    getAllEntries: () => this.entries,
    getActiveIndex: () => this.index,
  };
  isDestroyed = () => false;
  getURL = () => this.entries[this.index]?.url ?? '';
  getTitle = () => this.entries[this.index]?.title ?? '';

  begin(initiator: object | null, isSameDocument = false): void {
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument, initiator });
    if (!isSameDocument) this.emit('did-start-loading');
  }
  redirect(): void {
    this.emit('did-redirect-navigation', { isMainFrame: true });
  }
  /** A document has come and is the entry at `index` of `urls` now. */
  commit(index: number, ...urls: string[]): void {
    this.#stand(index, urls);
    this.emit('did-navigate');
  }
  commitInPage(index: number, ...urls: string[]): void {
    this.#stand(index, urls);
    this.emit('did-navigate-in-page', {}, urls[index], true);
  }
  end(): void {
    this.emit('did-stop-loading');
  }
  fail(code: number, description: string): void {
    this.emit('did-fail-load', {}, code, description, '', true);
  }
  describe(title: string): void {
    const entry = this.entries[this.index];
    if (entry !== undefined) entry.title = title;
    this.emit('page-title-updated', {}, title);
  }

  #stand(index: number, urls: string[]): void {
    this.index = index;
    this.entries = urls.map((url) => ({ url, title: '' }));
  }
}

let page: FakeContents;
let reports: ViewReports;
let said: ViewReport[];
beforeEach(() => {
  page = new FakeContents();
  said = [];
  // Only events, the history, address and title are looked at.
  reports = reportView(page as unknown as WebContents, ID, (report) => said.push(report));
});

/** What was said of navigations: the change, then what is true of it, then the list with a star at the entry shown. */
const navigations = () =>
  said.flatMap((report) => {
    if (report.kind !== 'navigated') return [];
    const { change, driven, redirected, navigation } = report;
    const list = navigation.entries.map(({ url }, place) => (place === navigation.index ? `${url}*` : url));
    return [
      [change, ...(driven ? ['driven'] : []), ...(redirected ? ['redirected'] : []), list.join(' ')].join(
        ' ',
      ),
    ];
  });

async function drivenTo(index: number, ...urls: string[]): Promise<void> {
  const arrived = reports.driving();
  page.begin(null);
  page.commit(index, ...urls);
  page.end();
  await arrived;
}

describe('reports of navigations', () => {
  it('tells a load of Retrace’s own from one of the page', async () => {
    await drivenTo(0, 'a');
    page.begin(FRAME);
    page.commit(1, 'a', 'b');
    page.end();
    expect(navigations()).toEqual(['document driven a*', 'document a b*']);
  });

  it('says when a server sent the load elsewhere', async () => {
    const arrived = reports.driving();
    page.begin(null);
    page.redirect();
    page.commit(0, 'login');
    await arrived;
    expect(navigations()).toEqual(['document driven redirected login*']);
  });

  it('takes a page that replaces itself for a redirect, and a reload for none', async () => {
    await drivenTo(1, 'a', 'b');
    page.begin(FRAME);
    page.commit(1, 'a', 'c');
    page.begin(null);
    page.commit(1, 'a', 'c');
    expect(navigations().slice(1)).toEqual(['document redirected a c*', 'document a c*']);
  });

  it('does not carry a redirect over to the next load', async () => {
    await drivenTo(0, 'a');
    page.begin(FRAME);
    page.redirect();
    page.begin(FRAME);
    page.commit(1, 'a', 'b');
    expect(navigations().slice(1)).toEqual(['document a b*']);
  });

  it('reports steps inside a document', async () => {
    await drivenTo(0, 'a');
    page.begin(FRAME, true);
    page.commitInPage(1, 'a', 'a#1');
    expect(navigations().slice(1)).toEqual(['in-page a a#1*']);
  });

  it('says that a step inside a document was Retrace’s own', async () => {
    await drivenTo(1, 'a', 'a#1');
    const arrived = reports.driving();
    page.begin(null, true);
    page.commitInPage(0, 'a', 'a#1');
    await arrived;
    expect(navigations().slice(1)).toEqual(['in-page driven a* a#1']);
  });

  it('does not take a last word of the page that is left for its own load', async () => {
    await drivenTo(0, 'a');
    const arrived = reports.driving();
    page.begin(null);
    page.begin(FRAME, true);
    page.commitInPage(0, 'a#bye');
    page.commit(1, 'a#bye', 'b');
    await arrived;
    expect(navigations().slice(1)).toEqual(['in-page a#bye*', 'document driven a#bye b*']);
  });

  it('says where the view stands when a load ended without a document', async () => {
    await drivenTo(0, 'a');
    const arrived = reports.driving();
    page.begin(null);
    page.end();
    await arrived;
    expect(navigations().slice(1)).toEqual(['settled driven a*']);
  });

  it('does not say so of an ordinary end', async () => {
    await drivenTo(0, 'a');
    expect(navigations()).toEqual(['document driven a*']);
  });

  it('leaves a load to the page that went its own way meanwhile', async () => {
    await drivenTo(0, 'a');
    const arrived = reports.driving();
    page.begin(null);
    page.begin(FRAME);
    await arrived;
    page.commit(1, 'a', 'c');
    expect(navigations().slice(1)).toEqual(['document a c*']);
  });

  it('ignores frames inside the page', async () => {
    await drivenTo(0, 'a');
    page.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false, initiator: FRAME });
    page.emit('did-redirect-navigation', { isMainFrame: false });
    page.emit('did-navigate-in-page', {}, 'frame#1', false);
    page.end();
    expect(navigations()).toEqual(['document driven a*']);
  });
});

describe('reports of loading', () => {
  const loading = () =>
    said.flatMap((report) => (report.kind === 'loading' ? [[report.loading, report.error]] : []));

  it('says why a page did not come, until the next load', () => {
    page.begin(null);
    page.fail(-102, 'ERR_CONNECTION_REFUSED');
    page.end();
    page.begin(null);
    expect(loading()).toEqual([
      [true, null],
      [false, expect.stringMatching(/refused/)],
      [true, null],
    ]);
  });

  it('does not call a stopped load an error', () => {
    page.begin(null);
    page.fail(-3, 'ERR_ABORTED');
    page.end();
    expect(loading().at(-1)).toEqual([false, null]);
  });

  it('ends with the process, and tells of the crash', () => {
    page.begin(null);
    page.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    expect(said.slice(-2)).toEqual([
      { kind: 'crashed', sessionId: ID, reason: 'oom', exitCode: 5 },
      { kind: 'loading', sessionId: ID, loading: false, error: null },
    ]);
  });
});

describe('reports of descriptions', () => {
  const described = () => said.filter((report) => report.kind === 'described');

  it('gives title and icon of the page shown, icons only as data', async () => {
    await drivenTo(0, 'https://a.example/');
    page.describe('A');
    expect(described()).toEqual([
      { kind: 'described', sessionId: ID, url: 'https://a.example/', title: 'A', favicon: null },
    ]);
  });

  it('lets each document describe itself at once', async () => {
    await drivenTo(0, 'a');
    page.describe('A');
    page.commit(1, 'a', 'b');
    page.describe('B');
    expect(described()).toMatchObject([
      { url: 'a', title: 'A' },
      { url: 'b', title: 'B' },
    ]);
  });

  it('says the newest title once, however often it blinks', async () => {
    jest.useFakeTimers();
    try {
      page.commit(0, 'a');
      page.describe('1');
      page.emit('page-favicon-updated', {}, ['https://a.example/icon.png', 'data:image/png;base64,aWNvbg==']);
      for (let blink = 2; blink <= 50; blink++) page.describe(String(blink));
      await jest.advanceTimersByTimeAsync(60_000);
      expect(described()).toMatchObject([
        { title: '1', favicon: null },
        { title: '50', favicon: 'data:image/png;base64,aWNvbg==' },
      ]);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('a view that is closed', () => {
  it('says nothing any more and lets go of whoever waits for a load', async () => {
    const arrived = reports.driving();
    reports.stop();
    await arrived;
    page.begin(null);
    page.commit(0, 'a');
    expect(said).toEqual([]);
    expect(page.eventNames()).toEqual([]);
  });
});
