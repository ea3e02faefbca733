import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './app/eventually.ts';
import { stillRunning } from './app/processes.ts';
import { commandLine, newUserData, removeUserData, Retrace } from './app/retrace.ts';
import { Stage } from './app/stage.ts';

describe('an application that is killed', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  const names = async () => (await stage.retrace.api.sessions('list', true)).sessions.map(({ name }) => name);

  it('right after a session was made: the session is there', async () => {
    await stage.retrace.api.sessions('create', { provider: 'custom', name: 'Made' });
    await stage.restart({ after: 'kill' });
    expect(await names()).toEqual(['Made']);
  });

  it('right after a new name and a new address: both are there', async () => {
    const { id } = await stage.retrace.api.rowNamed('Made');
    await stage.retrace.api.sessions('rename', id, 'Named');
    await stage.retrace.api.sessions('navigate', id, `${stage.site.origin}/page/2`);
    await stage.restart({ after: 'kill' });
    expect(await stage.retrace.api.row(id)).toMatchObject({
      name: 'Named',
      metadata: { lastUrl: `${stage.site.origin}/page/2` },
    });
  });

  it('right after a deletion: the session is gone, and Undo brings it back', async () => {
    const { id } = await stage.retrace.api.rowNamed('Named');
    await stage.retrace.api.sessions('delete', id);
    await stage.restart({ after: 'kill' });
    expect(await names()).toEqual([]);
    await stage.retrace.api.sessions('undo', undefined);
    expect(await names()).toEqual(['Named']);
  });

  it('loses no event of those that were told, and none changes', async () => {
    const before = await stage.retrace.api.events();
    await stage.restart({ after: 'kill' });
    const after = await stage.retrace.api.events();
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('leaves no process behind', async () => {
    await stage.openSession('Alive', '/page/1');
    const family = await stage.retrace.processes();
    expect(family.length).toBeGreaterThan(2);
    await stage.retrace.kill();
    await eventually(async () => expect(await stillRunning(family)).toEqual([]));
    await stage.restart({ after: 'kill' });
  });
});

describe('an application that is killed in its first start', () => {
  let userData: string;
  beforeEach(async () => {
    userData = await newUserData();
  });
  afterEach(() => removeUserData(userData));

  // Moments before, while and after the template of the log is unpacked, on slow machines and fast ones.
  it.each([150, 500, 900, 1500])('after %i ms, starts the next time', async (moment) => {
    const { executable, args } = commandLine({ userData });
    const child = spawn(executable, args, { stdio: 'ignore' });
    const gone = once(child, 'exit');
    await pause(moment);
    child.kill('SIGKILL');
    await gone;

    const retrace = await Retrace.launch({ userData });
    const { session } = await retrace.api.sessions('create', { provider: 'custom', name: 'First' });
    expect(await retrace.api.row(session.id)).toMatchObject({ name: 'First' });
    await retrace.quit();
  });
});
