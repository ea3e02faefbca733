import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** How long a window has to look the same to be at rest. */
const REST_MS = 400;
const MOST_LOOKS = 20;

/** Numbered pictures of the application's window, in a folder that is emptied first. */
export class Album {
  readonly folder: string;
  #pictures = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(folder: string): Promise<Album> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new Album(folder);
  }

  /** Adds a picture of the window once it has come to rest: what moves or is still being drawn makes two pictures differ. */
  async add(window: Page, name: string): Promise<void> {
    this.#pictures += 1;
    const number = String(this.#pictures).padStart(2, '0');
    let before = await window.screenshot();
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      await pause(REST_MS);
      const now = await window.screenshot();
      if (now.equals(before)) break;
      before = now;
    }
    await writeFile(join(this.folder, `${number}-${name}.png`), before);
  }
}
