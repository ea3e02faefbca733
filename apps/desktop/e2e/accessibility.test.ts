import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stage } from './app/stage.ts';

describe.each(['light', 'dark'] as const)('axe finds nothing in %s', (colorScheme) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    await stage.retrace.window.emulateMedia({ colorScheme });
  });
  afterAll(() => stage.close());

  async function expectNothingFound(): Promise<void> {
    const { window } = stage.retrace;
    // The legacy mode stays in the page; the other one opens a second, which an application's window cannot.
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found).toEqual([]);
  }

  it('before the first session', async () => {
    await expectNothingFound();
  });

  it('in the dialog for a new session', async () => {
    await stage.retrace.ui.button('New session').click();
    await stage.retrace.ui.dialog('New session').waitFor();
    await expectNothingFound();
    await stage.retrace.window.keyboard.press('Escape');
  });

  it('with sessions, a message and a name being changed', async () => {
    const { ui, window } = stage.retrace;
    await stage.openSession('First', '/page/1');
    await stage.openSession('Second', '/page/2');
    await stage.openSession('Third', '/page/3');
    await ui.deleteSession('Third');
    await ui.deletedToast('Third').waitFor();
    await expectNothingFound();
    await ui.tab('First').focus();
    await window.keyboard.press('F2');
    await window.getByRole('textbox', { name: 'Session name' }).waitFor();
    await expectNothingFound();
    await window.keyboard.press('Escape');
  });

  it('in the switcher', async () => {
    const { ui, window } = stage.retrace;
    await window.keyboard.press('ControlOrMeta+k');
    await ui.dialog('Switch session').waitFor();
    await expectNothingFound();
    await window.keyboard.press('Escape');
  });

  it.each(['Trash', 'History'] as const)('in %s', async (panel) => {
    const { ui } = stage.retrace;
    await ui.button(panel).click();
    await ui.panel(panel).getByRole('listitem').first().waitFor();
    await expectNothingFound();
    await ui.button(panel).click();
  });
});
