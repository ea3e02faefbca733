import type { Locator, Page } from 'playwright-core';

export interface NewSession {
  /** The provider's name on screen. */
  readonly provider: 'Claude' | 'OpenAI' | 'Gemini' | 'Custom';
  readonly name: string;
  readonly startPage?: string;
}

/** Retrace's interface by the roles and names that a screen reader says, driven by mouse and keyboard. */
export class Interface {
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
  }

  tab(name: string): Locator {
    return this.#window.getByRole('tab', { name, exact: true });
  }

  /** The tab of the session that is shown. */
  get shownTab(): Locator {
    return this.#window.getByRole('tab', { selected: true });
  }

  get address(): Locator {
    return this.#window.getByRole('textbox', { name: 'Address' });
  }

  /** Where the page is drawn. */
  get pageArea(): Locator {
    return this.#window.getByRole('tabpanel');
  }

  button(name: string): Locator {
    return this.#window.getByRole('button', { name, exact: true });
  }

  dialog(name: 'New session' | 'Switch session' | 'About Retrace'): Locator {
    return this.#window.getByRole('dialog', { name });
  }

  panel(name: 'Trash' | 'History'): Locator {
    return this.#window.getByRole('region', { name, exact: true });
  }

  /** The message that says that `name` was deleted. */
  deletedToast(name: string): Locator {
    return this.#window.getByRole('status').filter({ hasText: `Deleted “${name}”` });
  }

  /** Resolves once the list can be used: it shows its sessions, or says that there are none. */
  async ready(): Promise<void> {
    const nothingYet = this.pageArea.getByRole('heading');
    await this.#window.getByRole('tab').or(nothingYet).first().waitFor();
  }

  async createSession({ provider, name, startPage }: NewSession): Promise<void> {
    await this.button('New session').click();
    const dialog = this.dialog('New session');
    await dialog.getByText(provider, { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    if (startPage !== undefined) await dialog.getByRole('textbox', { name: 'Start page' }).fill(startPage);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await this.tab(name).waitFor();
  }

  async goTo(address: string): Promise<void> {
    await this.address.click();
    await this.address.fill(address);
    await this.address.press('Enter');
  }

  /** Deletes with the key, from the session's tab. */
  async deleteSession(name: string): Promise<void> {
    await this.tab(name).focus();
    await this.#window.keyboard.press('Delete');
    await this.tab(name).waitFor({ state: 'detached' });
  }

  async undo(): Promise<void> {
    await this.#window.keyboard.press('ControlOrMeta+z');
  }
}
