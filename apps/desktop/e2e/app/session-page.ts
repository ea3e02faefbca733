import type { SessionRow } from '@retrace/protocol';
import type { ElectronApplication, Page } from 'playwright-core';
import type { RuntimeKind } from '../../../../scripts/runtime.ts';
import { eventually } from './eventually.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The parts of the application that a page is reached through. */
export interface Reach {
  readonly electron: ElectronApplication;
  readonly window: Page;
  readonly runtime: RuntimeKind;
}

/** The page that a session shows, or the window that it opened over it, as a person meets it: with a mouse and a keyboard. */
export class SessionPage {
  readonly #reach: Reach;
  readonly #partition: string;
  readonly #which: 'view' | 'popup';

  constructor(reach: Reach, row: SessionRow, which: 'view' | 'popup') {
    this.#reach = reach;
    this.#partition = row.partition;
    this.#which = which;
  }

  /** The id of the page's web contents. A popup is the younger of the two that share the session's partition. */
  async contentsId(): Promise<number> {
    const ids = await this.#reach.electron.evaluate(({ webContents, session }, partition) => {
      const store = session.fromPartition(partition);
      return webContents
        .getAllWebContents()
        .filter((contents) => contents.session === store)
        .map(({ id }) => id)
        .sort((a, b) => a - b);
    }, this.#partition);
    const id = ids[this.#which === 'view' ? 0 : 1];
    if (id === undefined) throw new Error(`There is no ${this.#which} in ${this.#partition}.`);
    return id;
  }

  /** Runs `script` in the page's own world, as its own code would run. */
  async run<T, A = undefined>(script: (argument: A) => T | Promise<T>, argument?: A): Promise<T> {
    const given = argument === undefined ? '' : JSON.stringify(argument);
    // Named functions that went through esbuild call a helper of this name.
    const code = `((__name) => (${script.toString()})(${given}))((named) => named)`;
    const value: unknown = await this.#reach.electron.evaluate(
      ({ webContents }, [id, source]) => webContents.fromId(id)?.executeJavaScript(source),
      [await this.contentsId(), code] as const,
    );
    // executeJavaScript answers with what the script gave, as JSON.
    return value as T;
  }

  url(): Promise<string> {
    return this.run(() => location.href);
  }

  /** Whom the server takes this page's visitor for, as it wrote into the page. */
  account(): Promise<string | null> {
    return this.run(() => document.querySelector('#account')?.textContent ?? null);
  }

  scrollTop(): Promise<number> {
    return this.run(() => Math.round(window.scrollY));
  }

  /** Waits until the document at `url` is there and complete. */
  async arrived(url: string): Promise<void> {
    await eventually(async () => {
      const now = await this.run(() => ({ href: location.href, state: document.readyState }));
      if (now.href !== url || now.state !== 'complete') {
        throw new Error(`The page is at ${now.href} (${now.state}) and not at ${url}.`);
      }
    });
  }

  async click(selector: string): Promise<void> {
    const { x, y } = await this.#middleOf(selector);
    if (this.#reach.runtime === 'chromium') {
      const corner = await this.#corner();
      await this.#reach.window.mouse.click(corner.x + x, corner.y + y);
      return;
    }
    // In Electron the view lies over the window's document, where the mouse of Playwright's page cannot reach it.
    await this.#reach.electron.evaluate(
      ({ webContents }, [id, at]) => {
        const contents = webContents.fromId(id);
        contents?.sendInputEvent({ type: 'mouseDown', ...at, button: 'left', clickCount: 1 });
        contents?.sendInputEvent({ type: 'mouseUp', ...at, button: 'left', clickCount: 1 });
      },
      [await this.contentsId(), { x: Math.round(x), y: Math.round(y) }] as const,
    );
  }

  /** Types `text` with the keyboard into the field that `selector` finds, after a click on it. */
  async type(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await eventually(async () => {
      const focused = await this.run((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
      if (!focused) throw new Error(`${selector} has not got the keyboard.`);
    });
    if (this.#reach.runtime === 'chromium') {
      await this.#reach.window.keyboard.type(text);
    } else {
      await this.#reach.electron.evaluate(
        ({ webContents }, [id, letters]) => {
          for (const letter of letters)
            webContents.fromId(id)?.sendInputEvent({ type: 'char', keyCode: letter });
        },
        [await this.contentsId(), text] as const,
      );
    }
    await eventually(async () => {
      const value = await this.run(
        (wanted) => document.querySelector<HTMLInputElement>(wanted)?.value,
        selector,
      );
      if (value !== text) throw new Error(`${selector} says “${value ?? ''}” and not “${text}”.`);
    });
  }

  /** Turns the wheel over the page until it has come to rest `pixels` from its start. */
  async scrollTo(pixels: number): Promise<void> {
    const middle = await this.run(() => ({ x: Math.round(innerWidth / 2), y: Math.round(innerHeight / 2) }));
    const distance = pixels - (await this.scrollTop());
    if (this.#reach.runtime === 'chromium') {
      const corner = await this.#corner();
      await this.#reach.window.mouse.move(corner.x + middle.x, corner.y + middle.y);
      await this.#reach.window.mouse.wheel(0, distance);
    } else {
      await this.#reach.electron.evaluate(
        ({ webContents }, [id, at, deltaY]) => {
          webContents.fromId(id)?.sendInputEvent({ type: 'mouseWheel', ...at, deltaX: 0, deltaY });
        },
        [await this.contentsId(), middle, -distance] as const,
      );
    }
    await eventually(async () => {
      const now = await this.scrollTop();
      if (now !== pixels) throw new Error(`The page is scrolled to ${now} and not to ${pixels}.`);
    });
  }

  /** The middle of the element that `selector` finds, in pixels of the page; the element has to be in sight. */
  #middleOf(selector: string): Promise<Point> {
    return eventually(async () => {
      const point = await this.run((wanted) => {
        const box = document.querySelector(wanted)?.getBoundingClientRect();
        if (box === undefined || box.width === 0) return null;
        return { x: box.x + box.width / 2, y: box.y + box.height / 2, inSight: box.bottom <= innerHeight };
      }, selector);
      if (point === null) throw new Error(`The page has no ${selector}.`);
      if (!point.inSight || point.y < 0) throw new Error(`${selector} is not in sight.`);
      return point;
    });
  }

  /** Where the page begins in the window. */
  async #corner(): Promise<Point> {
    const corner = await this.#reach.electron.evaluate(
      ({ BrowserWindow, WebContentsView }, id) => {
        const placed = BrowserWindow.getAllWindows().flatMap((window) => window.contentView.children);
        const view = placed.find((one) => one instanceof WebContentsView && one.webContents.id === id);
        return view?.getBounds() ?? null;
      },
      await this.contentsId(),
    );
    if (corner === null) throw new Error('The page is in no window.');
    return corner;
  }
}
