import { EventEmitter } from 'node:events';
import type { NativeTheme as ElectronNativeTheme } from 'electron';
import { ignoreGone } from './cdp/gone.ts';
import type { CdpSession } from './cdp/session.ts';

type Source = ElectronNativeTheme['themeSource'];

/** `nativeTheme`: whether pages are to be light or dark. What the system wants is told by the first page. */
class NativeTheme extends EventEmitter {
  readonly #pages = new Set<CdpSession>();
  #source: Source = 'system';
  #systemIsDark = false;
  #asked = false;

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new Error(`themeSource cannot be '${source}'`);
    if (source === this.#source) return;
    const before = this.shouldUseDarkColors;
    this.#source = source;
    for (const page of this.#pages) void this.#emulate(page).catch(ignoreGone);
    if (before !== this.shouldUseDarkColors) this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemIsDark : this.#source === 'dark';
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#systemIsDark;
  }

  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;

  /** For the runtime only: a page that has come. It follows the theme from its first document on. */
  async follow(page: CdpSession): Promise<void> {
    this.#pages.add(page);
    void page.detached.then(() => this.#pages.delete(page));
    // Another session on the same page, such as a test driver's, takes the emulation back when it comes.
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined && this.#source !== 'system')
        void this.#emulate(page).catch(ignoreGone);
    });
    if (this.#source !== 'system') await this.#emulate(page);
    else if (!this.#asked) void this.#ask(page).catch(ignoreGone);
  }

  async #emulate(page: CdpSession): Promise<void> {
    // An empty value gives the page the system's own back.
    const value = this.#source === 'system' ? '' : this.#source;
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }

  async #ask(page: CdpSession): Promise<void> {
    this.#asked = true;
    const { result } = await page.send('Runtime.evaluate', {
      expression: "matchMedia('(prefers-color-scheme: dark)').matches",
      returnByValue: true,
    });
    if (result.value !== true) return;
    this.#systemIsDark = true;
    if (this.#source === 'system') this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();
