import { describe, expect, it } from '@jest/globals';
import { makeSession, sessionId } from '../testing/make-session.ts';
import { pageNotice } from './page-notice.ts';

const session = makeSession(1);
const crashed = makeSession(1, { metadata: { crash: { reason: 'oom', at: '2026-11-22T09:00:00.000Z' } } });
const failed = { loading: false, error: 'The server did not answer.' };
const popup = {
  sessionId: sessionId(1),
  url: 'https://user@accounts.example.com:444/a?b',
  title: 'claude.ai',
};

describe('pageNotice', () => {
  it('says nothing of a page that is well', () => {
    expect(pageNotice(session, { loading: true, error: null }, null)).toBeNull();
    expect(pageNotice(session, undefined, null)).toBeNull();
  });

  it('names the host of a sign-in window, never the title that the page gave itself', () => {
    expect(pageNotice(session, undefined, popup)?.text).toBe('Sign-in window: accounts.example.com:444');
  });

  it("keeps silent about another session's sign-in window", () => {
    expect(pageNotice(session, undefined, { ...popup, sessionId: sessionId(2) })).toBeNull();
  });

  it('says why a page is not there, a crash before a failed load', () => {
    expect(pageNotice(session, failed, null)?.text).toContain('The server did not answer.');
    expect(pageNotice(crashed, failed, null)?.text).toContain('crashed');
  });
});
