import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pages } from '../conformance/pages.ts';
import { emulated } from '../src/support/notes.ts';
import { supportTable } from '../src/support/support-table.ts';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** What the table says of `Class.member`. */
function standOf(member: string): 'emulated' | 'unsupported' | 'supported' | 'unknown' {
  const [name = '', ...rest] = member.split('.');
  const support = supportTable[name];
  const own = rest.join('.');
  if (emulated[member] !== undefined) return 'emulated';
  if (!support) return 'unknown';
  const { missingMethods, missingProperties, missingStatics, neverTold, supported, told } = support;
  if ([missingMethods, missingProperties, missingStatics, neverTold].some((names) => names.includes(own)))
    return 'unsupported';
  return [supported, told].some((names) => names.includes(own)) ? 'supported' : 'unknown';
}

describe('the support table', () => {
  it('has every member that Electron declares, as this package has it', async () => {
    const check = promisify(execFile)('npx', ['tsx', 'support.ts', '--check'], { cwd: packageFolder });
    await expect(check).resolves.toMatchObject({
      stderr: expect.not.stringContaining('out of date') as unknown,
    });
  });

  it.each(pages.flatMap(({ cases }) => cases.flatMap(({ differs }) => differs ?? [])))(
    'says that %s is not as in Electron, which a conformance case shows',
    (member) => {
      expect(['emulated', 'unsupported']).toContain(standOf(member));
    },
  );
});
