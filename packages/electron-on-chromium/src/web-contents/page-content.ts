/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import type { CdpSession } from '../cdp/session.ts';

/** What this needs of its page. */
export interface ChangedPage {
  readonly cdp: CdpSession;
  readonly ready: Promise<void>;
  readonly targetId: string;
}

const world = 'electron-inserted-css';

/** What an app puts into a page: style sheets that the page's policy does not reach, and text where the caret is. */
export class PageContent {
  readonly #page: ChangedPage;

  constructor(page: ChangedPage) {
    this.#page = page;
  }

  /** Answers the key that {@link removeCSS} takes. It holds for the document that is shown. */
  async insertCSS(css: string): Promise<string> {
    const key = randomUUID();
    await this.#run(insert, key, css);
    return key;
  }

  async removeCSS(key: string): Promise<void> {
    await this.#run(remove, key);
  }

  async insertText(text: string): Promise<void> {
    await this.#page.ready;
    await this.#page.cdp.send('Input.insertText', { text });
  }

  async #run(script: (...args: never[]) => void, ...args: readonly string[]): Promise<void> {
    await this.#page.ready;
    const { cdp, targetId: frameId } = this.#page;
    // The same world is answered for the same name as long as the document lives.
    const { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId, worldName: world });
    await cdp.send('Runtime.evaluate', {
      contextId: executionContextId,
      expression: `(${script.toString()})(...${JSON.stringify(args)})`,
    });
  }
}

/** Runs in the page; the sheet is found again by its key on this world's global. */
function insert(key: string, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  Reflect.set(globalThis, key, sheet);
}

/** Runs in the page. */
function remove(key: string): void {
  const sheet: unknown = Reflect.get(globalThis, key);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
}
