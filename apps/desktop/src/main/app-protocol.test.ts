import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerRequest, CONTENT_SECURITY_POLICY } from './app-protocol.ts';

let base: string;
let root: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'retrace-app-protocol-'));
  root = join(base, 'renderer');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<!doctype html>');
  await writeFile(join(root, 'assets', 'index.js'), 'export {}');
  await writeFile(join(root, 'notes.txt'), 'of no use to the window');
  await writeFile(join(base, 'secret.html'), 'outside');
  await mkdir(join(base, 'renderer-next'));
  await writeFile(join(base, 'renderer-next', 'index.html'), 'a folder whose name begins the same');
});
afterAll(() => rm(base, { recursive: true }));

const get = (url: string) => answerRequest({ method: 'GET', url }, root);

describe('the app: protocol', () => {
  it.each([
    ['app://retrace/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://retrace/index.html?reload=1#top', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://retrace/assets/index.js', 'text/javascript; charset=utf-8', 'export {}'],
  ])('serves %s', async (url, type, content) => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(content);
  });

  it('sends the policy and nosniff with every file', async () => {
    const { headers } = await get('app://retrace/index.html');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(CONTENT_SECURITY_POLICY).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await answerRequest({ method, url: 'app://retrace/index.html' }, root)).status).toBe(405);
  });

  it.each([
    ['another host', 'app://other/index.html'],
    ['a host that begins the same', 'app://retrace.example.com/index.html'],
    ['another scheme', 'https://retrace/index.html'],
    ['a climb', 'app://retrace/../secret.html'],
    ['an escaped climb', 'app://retrace/%2e%2e%2fsecret.html'],
    ['a climb with an escaped slash', 'app://retrace/..%2fsecret.html'],
    ['a climb with backslashes', 'app://retrace/..%5csecret.html'],
    ['a sibling folder', 'app://retrace/..%2frenderer-next/index.html'],
    ['an absolute path', 'app://retrace//etc/passwd'],
    ['a NUL', 'app://retrace/index.html%00.js'],
    ['a malformed escape', 'app://retrace/%E0%A4%A'],
    ['a kind that is not in the table', 'app://retrace/notes.txt'],
    ['a folder', 'app://retrace/assets'],
    ['what is not there', 'app://retrace/absent.js'],
    ['a path through a file', 'app://retrace/index.html/x.js'],
  ])('answers 404 to %s', async (_what, url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });
});
