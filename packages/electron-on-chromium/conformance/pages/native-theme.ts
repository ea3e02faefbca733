import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

const isDark = "matchMedia('(prefers-color-scheme: dark)').matches";

export const nativeTheme = page('native-theme', (check) => {
  check('nativeTheme.themeSource', 'is system by default', ({ electron: { nativeTheme } }) => {
    assert.equal(nativeTheme.themeSource, 'system');
  });
  check(
    'nativeTheme.themeSource',
    'dark makes everything dark',
    async ({ electron: { nativeTheme }, page: open, until, afterwards }) => {
      afterwards(() => (nativeTheme.themeSource = 'system'));
      const contents = await open('x');
      nativeTheme.themeSource = 'dark';
      assert.equal(nativeTheme.shouldUseDarkColors, true);
      await until(() => contents.executeJavaScript(isDark));
    },
  );
  check(
    'nativeTheme.themeSource',
    'light makes everything light',
    async ({ electron: { nativeTheme }, page: open, until, afterwards }) => {
      afterwards(() => (nativeTheme.themeSource = 'system'));
      nativeTheme.themeSource = 'light';
      const contents = await open('x');
      assert.equal(nativeTheme.shouldUseDarkColors, false);
      await until(async () => (await contents.executeJavaScript(isDark)) === false);
    },
  );
  check(
    "Event: 'updated'",
    'is told for another theme',
    async ({ electron: { nativeTheme }, afterwards }) => {
      afterwards(() => (nativeTheme.themeSource = 'system'));
      nativeTheme.themeSource = 'light';
      const updated = once(nativeTheme, 'updated');
      nativeTheme.themeSource = 'dark';
      await updated;
    },
  );
  check(
    'nativeTheme.shouldUseHighContrastColors',
    'and its like are booleans',
    ({ electron: { nativeTheme } }) => {
      const {
        shouldUseHighContrastColors,
        shouldUseInvertedColorScheme,
        inForcedColorsMode,
        prefersReducedTransparency,
      } = nativeTheme;
      for (const flag of [
        shouldUseHighContrastColors,
        shouldUseInvertedColorScheme,
        inForcedColorsMode,
        prefersReducedTransparency,
      ])
        assert.equal(typeof flag, 'boolean');
    },
  );
});
