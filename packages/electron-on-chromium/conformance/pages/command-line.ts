import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const commandLine = page('command-line', (check) => {
  check(
    'commandLine.appendSwitch(switch[, value])',
    'a switch is there from then on',
    ({ electron: { app } }) => {
      assert.equal(app.commandLine.hasSwitch('conformance-bare'), false);
      app.commandLine.appendSwitch('conformance-bare');
      assert.equal(app.commandLine.hasSwitch('conformance-bare'), true);
    },
  );
  check(
    'commandLine.getSwitchValue(switch)',
    'is the value that the switch was given',
    ({ electron: { app } }) => {
      app.commandLine.appendSwitch('conformance-valued', 'abc');
      assert.equal(app.commandLine.getSwitchValue('conformance-valued'), 'abc');
    },
  );
  check(
    'commandLine.getSwitchValue(switch)',
    'is empty for a switch without a value, and for one that is not there',
    ({ electron: { app } }) => {
      app.commandLine.appendSwitch('conformance-empty');
      assert.equal(app.commandLine.getSwitchValue('conformance-empty'), '');
      assert.equal(app.commandLine.getSwitchValue('conformance-never'), '');
    },
  );
  check('commandLine.removeSwitch(switch)', 'takes the switch away', ({ electron: { app } }) => {
    app.commandLine.appendSwitch('conformance-gone', '1');
    app.commandLine.removeSwitch('conformance-gone');
    assert.equal(app.commandLine.hasSwitch('conformance-gone'), false);
  });
  check(
    'commandLine.hasSwitch(switch)',
    'knows the switches that the app was started with',
    ({ electron: { app } }) => {
      assert.equal(app.commandLine.hasSwitch('user-data-dir'), true);
    },
  );
  check('commandLine.appendArgument(value)', 'is no switch', ({ electron: { app } }) => {
    app.commandLine.appendArgument('conformance-argument');
    assert.equal(app.commandLine.hasSwitch('conformance-argument'), false);
  });
});
