import type { FindInPageOptions, Result } from 'electron';
import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import { pageScript } from '../view/page-script.ts';
import { findScript, type FindDoor } from './find-script.ts';

export type StopAction = 'clearSelection' | 'keepSelection' | 'activateSelection';

/** The page, whose main frame has the id of its target. */
interface SearchedPage {
  readonly ready: Promise<void>;
  readonly cdp: CdpSession;
  readonly targetId: string;
}

const world = 'electron-find-in-page';

/**
 * Finds text in the document of a page's main frame. The protocol has no command for it, so a script in a world of its own looks
 * for the text and marks it with the CSS Custom Highlight API, which leaves the document as it is.
 */
export class FindInPage {
  readonly #page: SearchedPage;
  #lastRequest = 0;
  #text = '';

  constructor(page: SearchedPage) {
    this.#page = page;
  }

  /**
   * Returns the id that the result carries, and tells the result to `found` unless another request has come meanwhile.
   * Throws for an empty text, as Electron does.
   */
  find(text: string, options: FindInPageOptions, found: (result: Result) => void): number {
    if (text === '') throw new Error('Must provide a non-empty search content');
    const { forward = true, matchCase = false, findNext = false } = options;
    const step = findNext || text !== this.#text ? 0 : forward ? 1 : -1;
    this.#text = text;
    const requestId = ++this.#lastRequest;
    this.#call('find', text, matchCase, step)
      .then((result) => {
        if (requestId === this.#lastRequest) found({ requestId, ...result, finalUpdate: true });
      })
      .catch(ignoreGone);
    return requestId;
  }

  stop(action: StopAction): void {
    this.#text = '';
    this.#call('stop', action).catch(ignoreGone);
  }

  async #call<M extends keyof FindDoor>(
    method: M,
    ...args: Parameters<FindDoor[M]>
  ): Promise<ReturnType<FindDoor[M]>> {
    await this.#page.ready;
    const { cdp, targetId: frameId } = this.#page;
    // The same world is answered for the same name as long as the document lives.
    const { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId, worldName: world });
    const { result } = await cdp.send('Runtime.evaluate', {
      contextId: executionContextId,
      expression: `${pageScript(findScript)} electronFind.${method}(...${JSON.stringify(args)})`,
      returnByValue: true,
    });
    // The script in the page is typed by the same interface.
    return result.value as ReturnType<FindDoor[M]>;
  }
}
