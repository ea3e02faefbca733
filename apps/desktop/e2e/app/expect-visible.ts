import type { Locator } from 'playwright-core';

/** Passes once the element is on screen; fails with what was looked for after the driver's own patience. */
export async function expectVisible(locator: Locator): Promise<void> {
  await locator.waitFor({ state: 'visible' });
}

/** Passes once the element is not on screen any more. */
export async function expectGone(locator: Locator): Promise<void> {
  await locator.waitFor({ state: 'hidden' });
}
