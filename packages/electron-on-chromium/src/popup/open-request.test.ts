import { describe, expect, it } from '@jest/globals';
import { requestFromClick, requestFromScript } from './open-request.ts';

const tab = ['menubar', 'toolbar', 'status', 'scrollbars', 'resizable'];

describe('requestFromScript', () => {
  it('takes a window with a size for a new window', () => {
    expect(
      requestFromScript({
        url: 'https://a.test/',
        windowName: 'login',
        windowFeatures: ['width=300', 'height=200', 'resizable'],
        userGesture: true,
      }),
    ).toEqual({
      url: 'https://a.test/',
      frameName: 'login',
      features: 'width=300,height=200',
      disposition: 'new-window',
    });
  });

  it('takes a link to a new tab for a tab', () => {
    expect(
      requestFromScript({
        url: 'https://a.test/',
        windowName: '_blank',
        windowFeatures: [...tab, 'noopener'],
        userGesture: true,
      }),
    ).toEqual({ url: 'https://a.test/', frameName: '', features: 'noopener', disposition: 'foreground-tab' });
  });
});

describe('requestFromClick', () => {
  it.each([
    ['newTab', 'background-tab'],
    ['newWindow', 'new-window'],
    ['currentTab', undefined],
  ] as const)('%s is %s', (disposition, wanted) => {
    const request = requestFromClick({
      frameId: 'f',
      reason: 'anchorClick',
      url: 'https://a.test/',
      disposition,
    });
    expect(request?.disposition).toBe(wanted);
  });
});
