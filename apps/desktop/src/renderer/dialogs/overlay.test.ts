import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Application } from '../state/application.ts';
import { createOverlay } from './overlay.ts';

type Views = Application['api']['views'];

/** Main's side: notes what is asked, and takes the picture when the test says so. */
function makeViews() {
  const asked: string[] = [];
  let takePicture: () => void = () => undefined;
  const note = (call: string) => () => {
    asked.push(call);
    return Promise.resolve({ success: true } as const);
  };
  const views: Pick<Views, 'cover' | 'uncover' | 'focus'> = {
    cover: () => {
      asked.push('cover');
      return new Promise((resolve) => {
        takePicture = () => resolve({ success: true, picture: 'data:,page' });
      });
    },
    uncover: note('uncover'),
    focus: note('focus'),
  };
  return { asked, views, takePicture: () => takePicture() };
}

/** Long enough for every promise that is settled already to be acted upon. */
const afterwards = () => new Promise((resolve) => setTimeout(resolve));

describe('createOverlay', () => {
  let main: ReturnType<typeof makeViews>;
  let overlay: ReturnType<typeof createOverlay>;
  beforeEach(() => {
    main = makeViews();
    overlay = createOverlay({
      // Only these three calls are made.
      api: { views: main.views } as Application['api'],
      ask: async (call) => {
        const answer = await call;
        return answer.success ? answer : null;
      },
    });
  });

  it('shows a dialog once the page is a picture, and the page again once the dialog is gone', async () => {
    overlay.open({ kind: 'about' });
    await afterwards();
    expect(overlay.shown()).toBeNull();

    main.takePicture();
    await afterwards();
    expect(overlay.shown()?.kind).toBe('about');
    expect(overlay.picture()).toBe('data:,page');

    overlay.close('opener');
    expect(overlay.shown()).toBeNull();
    await afterwards();
    expect(overlay.picture()).toBeNull();
    expect(main.asked).toEqual(['cover', 'uncover']);
  });

  it('uncovers only after the picture came, for a dialog that was closed before', async () => {
    overlay.open({ kind: 'about' });
    await afterwards();
    overlay.close('opener');
    await afterwards();
    expect(main.asked).toEqual(['cover']);

    main.takePicture();
    await afterwards();
    expect(main.asked).toEqual(['cover', 'uncover']);
    expect(overlay.shown()).toBeNull();
    expect(overlay.picture()).toBeNull();
  });

  it('covers once for one dialog after another', async () => {
    overlay.open({ kind: 'about' });
    await afterwards();
    main.takePicture();
    await afterwards();
    overlay.open({ kind: 'switcher' });
    await afterwards();
    expect(overlay.shown()?.kind).toBe('switcher');
    expect(main.asked).toEqual(['cover']);
  });

  it('leaves a dialog alone that is asked for again', async () => {
    overlay.open({ kind: 'switcher' });
    await afterwards();
    main.takePicture();
    await afterwards();
    const before = overlay.shown();
    overlay.open({ kind: 'switcher' });
    await afterwards();
    expect(overlay.shown()).toBe(before);
  });

  it('gives the keyboard to the page after a dialog that led there', async () => {
    overlay.open({ kind: 'new-session' });
    await afterwards();
    main.takePicture();
    await afterwards();
    overlay.close('page');
    await afterwards();
    expect(main.asked).toEqual(['cover', 'uncover', 'focus']);
  });
});
