import { RetraceError } from '@retrace/protocol';
import type { SessionManager } from '../session-manager.ts';
import type { Deed } from './command-arbitrary.ts';
import type { FakeViewHost } from './fake-view-host.ts';

/** Does a deed with a manager and the pages of its host. A typed refusal is an answer too; any other failure is thrown. */
export async function carryOut(deed: Deed, manager: SessionManager, host: FakeViewHost): Promise<void> {
  try {
    await doIt(deed, manager, host);
  } catch (error) {
    if (!(error instanceof RetraceError) || error.code === 'Internal') throw error;
  }
}

async function doIt(deed: Deed, manager: SessionManager, host: FakeViewHost): Promise<void> {
  if (deed.do === 'create') {
    await manager.createSession({ provider: deed.provider, name: deed.name });
    return;
  }
  if (deed.do === 'undo') {
    await manager.undo();
    return;
  }
  const ids = Object.values(manager.table.sessions)
    .map((row) => row.id)
    .sort();
  const id = ids[deed.which % Math.max(1, ids.length)];
  if (id === undefined) return;
  // Only a session with a view has a page that can do anything.
  const page = host.live.includes(id) ? host : null;
  switch (deed.do) {
    case 'rename':
      await manager.renameSession(id, deed.name);
      return;
    case 'navigate':
      return manager.navigateSession(id, deed.url);
    case 'activate':
      return manager.activateSession(id);
    case 'delete':
      await manager.deleteSession(id);
      return;
    case 'restore':
      await manager.restoreSession(id);
      return;
    case 'back':
      return manager.goBack(id);
    case 'forward':
      return manager.goForward(id);
    case 'click':
      page?.click(id, deed.url);
      return;
    case 'push':
      page?.pushState(id, deed.url);
      return;
    case 'replace':
      page?.replace(id, deed.url);
      return;
    case 'traverse':
      page?.traverse(id, deed.offset);
      return;
    case 'crash':
      page?.crash(id);
      return;
  }
}
