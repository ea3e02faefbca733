import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './app/eventually.ts';
import { expectGone, expectVisible } from './app/expect-visible.ts';
import { Stage } from './app/stage.ts';

describe('journeys through the interface, by mouse and keyboard alone', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  const ui = () => stage.retrace.ui;
  const keyboard = () => stage.retrace.window.keyboard;
  const at = (path: string) => stage.site.origin + path;

  const rowNamed = (name: string) => stage.retrace.api.rowNamed(name);

  async function expectShown(name: string): Promise<void> {
    await eventually(async () => {
      expect(await ui().shownTab.getAttribute('id')).toBe(`tab-${(await rowNamed(name)).id}`);
    });
  }

  it('the dialog makes a session by mouse, and its page comes up', async () => {
    await ui().createSession({ provider: 'Custom', name: 'Mouse', startPage: at('/page/1') });
    await expectShown('Mouse');
    await stage.retrace.page(await rowNamed('Mouse')).arrived(at('/page/1'));
  });

  it('the dialog makes a session by keyboard', async () => {
    await keyboard().press('ControlOrMeta+t');
    const dialog = ui().dialog('New session');
    await expectVisible(dialog);
    await dialog.getByRole('radio', { name: 'Claude' }).focus();
    for (let step = 0; step < 3; step += 1) await keyboard().press('ArrowDown');
    await keyboard().press('Tab');
    await keyboard().press('ControlOrMeta+a');
    await keyboard().type('Keys');
    await keyboard().press('Tab');
    await keyboard().type(`${new URL(stage.site.origin).host}/page/2`);
    await keyboard().press('Enter');
    await expectVisible(ui().tab('Keys'));
    const row = await rowNamed('Keys');
    expect(row.provider).toBe('custom');
    await stage.retrace.page(row).arrived(at('/page/2'));
  });

  it('the dialog says what is wrong and closes with Escape', async () => {
    await ui().button('New session').click();
    const dialog = ui().dialog('New session');
    await dialog.getByRole('textbox', { name: 'Start page' }).fill('file:///etc/hostname');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expectVisible(dialog.getByText('file:').last());
    await keyboard().press('Escape');
    await expectGone(dialog);
  });

  it('a click on a tab shows its session', async () => {
    await ui().tab('Mouse').click();
    await expectShown('Mouse');
    await eventually(async () => expect(await ui().address.inputValue()).toBe(at('/page/1')));
  });

  it('arrow keys and Enter go through the strip', async () => {
    await ui().tab('Mouse').focus();
    await keyboard().press('ArrowDown');
    await keyboard().press('Enter');
    await expectShown('Keys');
  });

  it('the switcher finds a session by a few letters', async () => {
    await keyboard().press('ControlOrMeta+k');
    await expectVisible(ui().dialog('Switch session'));
    await keyboard().type('mou');
    await keyboard().press('Enter');
    await expectGone(ui().dialog('Switch session'));
    await expectShown('Mouse');
  });

  it('F2 renames in place; Escape leaves the name as it was; Ctrl+Z takes a rename back', async () => {
    const field = stage.retrace.window.getByRole('textbox', { name: 'Session name' });
    await ui().tab('Mouse').focus();
    await keyboard().press('F2');
    await field.fill('Forgotten');
    await keyboard().press('Escape');
    await expectVisible(ui().tab('Mouse'));

    await keyboard().press('F2');
    await field.fill('Renamed');
    await keyboard().press('Enter');
    await expectVisible(ui().tab('Renamed'));
    await ui().undo();
    await expectVisible(ui().tab('Mouse'));
  });

  it('a double click renames in place, too', async () => {
    await ui().tab('Mouse').dblclick();
    await stage.retrace.window.getByRole('textbox', { name: 'Session name' }).fill('Mouse two');
    await keyboard().press('Enter');
    await expectVisible(ui().tab('Mouse two'));
    await ui().undo();
    await expectVisible(ui().tab('Mouse'));
  });

  it('the address bar opens what is typed; Back, Forward and Reload do what they say', async () => {
    const page = stage.retrace.page(await rowNamed('Mouse'));
    await ui().goTo(at('/page/3'));
    await page.arrived(at('/page/3'));
    await page.click('a[href="/page/4"]');
    await page.arrived(at('/page/4'));
    await eventually(async () => expect(await ui().address.inputValue()).toBe(at('/page/4')));

    await ui().button('Back').click();
    await page.arrived(at('/page/3'));
    await ui().button('Forward').click();
    await page.arrived(at('/page/4'));
    expect(await ui().button('Forward').isDisabled()).toBe(true);

    const mark = stage.site.requests.mark;
    await ui().button('Reload').click();
    expect(await stage.site.requests.arrival('/page/4', mark)).toMatchObject({ method: 'GET' });
  });

  it('the address bar says why it does not open an address, and keeps what was typed', async () => {
    await ui().goTo('http://example.com');
    await expectVisible(stage.retrace.window.getByRole('alert').filter({ hasText: 'not encrypted' }));
    expect(await ui().address.inputValue()).toBe('http://example.com');
    await ui().address.press('Escape');
    await eventually(async () => expect(await ui().address.inputValue()).toBe(at('/page/4')));
  });

  it('Stop ends a load that hangs, and the page that was there stays', async () => {
    const page = stage.retrace.page(await rowNamed('Mouse'));
    const mark = stage.site.requests.mark;
    await ui().goTo(at('/gate/never'));
    await stage.site.requests.arrival('/gate/never', mark);
    await ui().button('Stop').click();
    await expectVisible(ui().button('Reload'));
    expect(await page.url()).toBe(at('/page/4'));
    await eventually(async () => {
      expect((await rowNamed('Mouse')).metadata.lastUrl).toBe(at('/page/4'));
    });
  });

  it('a site that does not answer is said to, with a way to try again', async () => {
    // Port 9 is for a service that nobody runs.
    await ui().goTo('http://127.0.0.1:9009/');
    const notice = stage.retrace.window.getByRole('status').filter({ hasText: 'could not be loaded' });
    await expectVisible(notice);
    await expectVisible(notice.getByRole('button', { name: 'Try again' }));
    await ui().goTo(at('/page/4'));
    await stage.retrace.page(await rowNamed('Mouse')).arrived(at('/page/4'));
    await expectGone(notice);
  });

  it('the message after a deletion brings the session back', async () => {
    await ui().tab('Mouse').hover();
    await ui().button('Delete Mouse').click();
    const toast = ui().deletedToast('Mouse');
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expectVisible(ui().tab('Mouse'));
    await expectShown('Mouse');
    await stage.retrace.page(await rowNamed('Mouse')).arrived(at('/page/4'));
    await expectGone(toast);
  });

  it('Ctrl+Z brings sessions back in the order in which they went, the last first', async () => {
    await ui().deleteSession('Mouse');
    await ui().deleteSession('Keys');
    await ui().undo();
    await expectVisible(ui().tab('Keys'));
    expect(await ui().tab('Mouse').count()).toBe(0);
    await ui().undo();
    await expectVisible(ui().tab('Mouse'));
  });

  it('the trash holds what was deleted and gives it back', async () => {
    await ui().deleteSession('Keys');
    await ui().button('Trash').click();
    const trash = ui().panel('Trash');
    await expectVisible(trash.getByRole('listitem').filter({ hasText: 'Keys' }));
    await trash.getByRole('button', { name: 'Restore Keys' }).click();
    await expectVisible(ui().tab('Keys'));
    await expectVisible(trash.getByText('The trash is empty'));
    await keyboard().press('Escape');
  });

  it('the history shows what happened, newest first', async () => {
    await ui().button('History').click();
    const history = ui().panel('History');
    await expectVisible(history.getByRole('listitem').filter({ hasText: 'Brought back “Keys”' }).first());
    await history.getByRole('button', { name: 'Close History' }).click();
    await expectGone(history);
  });
});
