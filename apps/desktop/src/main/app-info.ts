import type { AppInfo } from '@retrace/protocol';
import type { Protection } from './vault/cipher.ts';
import { protectionNotice } from './vault/cipher.ts';

/** What only real Electron gives; elsewhere the same code runs without it. */
const CHROMIUM_NOTICES = [
  'Retrace is running on the Chromium of this computer, because Electron itself could not be had.',
  'So these protections of Electron are missing: its sandbox policy, the integrity check of the application’s files, and its fuses.',
];

/**
 * What the About box says.
 *
 * @param versions `process.versions`: electron-on-chromium adds its own name to it, as Electron adds `electron`.
 */
export function describeApp(facts: {
  readonly version: string;
  readonly versions: Readonly<NodeJS.ProcessVersions>;
  readonly dataDirectory: string;
  readonly protection: Protection;
  /** What the engine's clock says. */
  readonly now: Date;
}): AppInfo {
  const { version, versions, dataDirectory, protection, now } = facts;
  const runtime = 'electron-on-chromium' in versions ? 'chromium' : 'electron';
  const notice = protectionNotice(protection);
  return {
    name: 'Retrace',
    version,
    runtime,
    versions: { chrome: versions.chrome, electron: versions.electron, node: versions.node },
    now: now.toISOString(),
    dataDirectory,
    notices: [...(runtime === 'chromium' ? CHROMIUM_NOTICES : []), ...(notice === null ? [] : [notice])],
  };
}
