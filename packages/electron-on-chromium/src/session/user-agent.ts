import type { WebContents } from '../web-contents/web-contents.ts';

/** Chromium's version, known from the first process that has started. */
let chromiumVersion = '0';

const system =
  {
    darwin: 'Macintosh; Intel Mac OS X 10_15_7',
    win32: 'Windows NT 10.0; Win64; x64',
  }[process.platform as string] ?? 'X11; Linux x86_64';

const platformName = { darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux';

/** As a Chromium with a window says it: the headless one names itself, and sites refuse it for that. */
export function defaultUserAgent(): string {
  const [major = '0'] = chromiumVersion.split('.');
  return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}

/** `userAgent` undefined means the default. The client hints say the same as the header. */
export async function overrideUserAgent(
  { cdp, lease }: WebContents,
  userAgent: string | undefined,
  acceptLanguage: string | undefined,
): Promise<void> {
  const { product } = await lease.process.browser.send('Browser.getVersion');
  chromiumVersion = product.split('/')[1] ?? chromiumVersion;
  const [major = '0'] = chromiumVersion.split('.');
  await cdp.send('Emulation.setUserAgentOverride', {
    userAgent: userAgent ?? defaultUserAgent(),
    ...(acceptLanguage === undefined ? {} : { acceptLanguage }),
    userAgentMetadata: {
      brands: [
        { brand: 'Chromium', version: major },
        { brand: 'Not?A_Brand', version: '24' },
      ],
      fullVersionList: [{ brand: 'Chromium', version: chromiumVersion }],
      platform: platformName,
      platformVersion: '',
      architecture: process.arch === 'arm64' ? 'arm' : 'x86',
      bitness: '64',
      model: '',
      mobile: false,
    },
  });
}
