import { randomUUID } from 'node:crypto';
import { SessionManager, ENGINE_TABLES } from '@retrace/engine';
import { BackupKeeper, openPgliteLog } from '@retrace/event-log';
import { app, dialog, Menu, protocol, safeStorage, session, webContents } from 'electron';
import type { BrowserWindow } from 'electron';
import { describeApp } from './app-info.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { readClockOffset } from './clock-offset.ts';
import { makeClock } from './clock.ts';
import { desktopIdentity } from './desktop-identity.ts';
import { makeHandlers } from './ipc/handlers.ts';
import { pushChanges, pushTo } from './ipc/push.ts';
import { registerChannels } from './ipc/router.ts';
import { quitInOrder } from './lifecycle.ts';
import { readLogChoice } from './log-choice.ts';
import type { LogChoice } from './log-choice.ts';
import { openLogFile } from './log-file.ts';
import type { LogFile } from './log-file.ts';
import { makeMenuActions } from './menu-actions.ts';
import { menuTemplate } from './menu.ts';
import { makeNotices } from './notices.ts';
import { builtPlaces, keptPlaces } from './places.ts';
import { lockApp } from './security/app-security.ts';
import { lockSession } from './security/session-security.ts';
import { becomeOnlyInstance } from './single-instance.ts';
import { systemCipher } from './vault/cipher.ts';
import { openVault } from './vault/vault.ts';
import { ElectronViewHost } from './views/electron-view-host.ts';
import { Popups } from './views/popups.ts';
import { Stage } from './views/stage.ts';
import { ViewLayout } from './views/view-layout.ts';
import { focusWindow, loadWindow, makeWindow } from './window.ts';

/*
 * The composition root: every part is made here and given what it needs. Nothing else knows how the parts hang together.
 */

const built = builtPlaces(import.meta.dirname);
const { isPackaged } = app;
let window: BrowserWindow | null = null;

// What has to be said before Electron is ready.
app.enableSandbox();
registerAppScheme(protocol);
const asked = askedOrExit();
if (asked !== null && becomeOnlyInstance(app, () => focusWindow(window))) {
  void openLogFile(app.getPath('userData')).then((logFile) =>
    start(asked, logFile).catch((error: unknown) => giveUp(error, logFile)),
  );
}

async function start({ clock, logChoice }: Asked, logFile: LogFile): Promise<void> {
  const kept = keptPlaces(app.getPath('userData'));
  const { tell, showWith } = makeNotices(logFile.note);
  const unexpected = (error: unknown) => {
    tell(
      `Something went wrong inside Retrace. It is written down in retrace.log under ${logFile.failure(error)}.`,
    );
  };
  process.on('uncaughtException', unexpected);
  process.on('unhandledRejection', unexpected);

  lockApp(app, tell);
  app.on('session-created', (created) => lockSession(created, tell));

  // The log takes longest, so it is under way while Electron starts and the window is made.
  const opening =
    logChoice.kind === 'server'
      ? // Loaded where it is asked for: few need it, and every start would wait for it.
        import('@retrace/event-log/postgres').then(({ openPostgresLog }) =>
          openPostgresLog({
            connectionString: logChoice.connectionString,
            tables: ENGINE_TABLES,
            onNotice: tell,
          }),
        )
      : openPgliteLog({
          directory: kept.log,
          backups: kept.backups,
          workerUrl: built.logWorker,
          template: built.logTemplate,
          tables: ENGINE_TABLES,
          onNotice: tell,
        });
  // A failure is for `loading` below, which comes to it later.
  opening.catch(() => undefined);
  await app.whenReady();
  const cipher = await systemCipher(safeStorage, process.platform);
  const vault = await openVault(kept.vault, cipher, (id, error) => {
    logFile.note(`The vault of ${id} is unreadable: ${String(error)}`);
    tell('What a session had kept of its login could not be read. You may have to sign in again.');
  });
  const appInfo = () =>
    describeApp({
      version: app.getVersion(),
      versions: process.versions,
      dataDirectory: app.getPath('userData'),
      protection: cipher.protection,
      now: clock(),
    });
  logFile.note(`Retrace ${app.getVersion()} on ${appInfo().runtime}`);

  serveApp(session.defaultSession.protocol, built.renderer);
  const main = makeWindow({
    preload: built.preload,
    session: session.defaultSession,
    isPackaged,
    note: logFile.note,
  });
  window = main;
  const layout = new ViewLayout(main.contentView);
  const popups = new Popups({ layout, isPackaged, tell });
  const stage = new Stage(layout, popups);
  const push = pushTo(main.webContents);

  const loading = (async () => {
    const log = await opening;
    const host = new ElectronViewHost({
      layout,
      popups,
      vault,
      isPackaged,
      tell,
      note: logFile.note,
      sessionOf: (partition) => session.fromPartition(partition),
    });
    const sessions = new SessionManager({
      log,
      host,
      clock,
      newId: randomUUID,
      appVersion: app.getVersion(),
      // Others are there only where the log is shared.
      ...(logChoice.kind === 'server' && { desktop: await desktopIdentity(app.getPath('userData')) }),
      onNotice: tell,
    });
    const stopPushing = pushChanges(push, sessions, stage);
    await sessions.loadPersistedSessions();
    // A server's log is backed up where the server is. Files are dated by the real time, whatever the engine's clock says.
    const backups =
      logChoice.kind === 'server'
        ? null
        : new BackupKeeper({
            log,
            directory: kept.backups,
            logDirectory: kept.log,
            clock: () => new Date(),
            onNotice: tell,
          });
    backups?.start();
    return { log, sessions, backups, stopPushing };
  })();

  quitInOrder(app, main, async () => {
    try {
      const { log, sessions, backups, stopPushing } = await loading;
      stopPushing();
      await backups?.stop();
      await sessions.destroy();
      await log.close();
    } catch (error) {
      logFile.failure(error);
    }
    await logFile.flush();
  });

  const handlers = loading.then(({ sessions }) => makeHandlers({ sessions, stage, appInfo }));
  // A failure ends the run, whether or not the window has asked for anything yet.
  handlers.catch(() => undefined);
  registerChannels(main.webContents.ipc, handlers, logFile.failure);
  // A page that starts afresh has nothing over the views.
  main.webContents.on('did-start-loading', () => stage.uncover());
  main.webContents.on('render-process-gone', (_event, { reason }) => {
    logFile.note(`The window’s own page ended (${reason}) and was loaded again.`);
    loadWindow(main).catch(unexpected);
  });
  const [{ sessions }] = await Promise.all([loading, loadWindow(main)]);
  showWith((notice) => push('app:notice', notice));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(
        makeMenuActions({
          sessions,
          window: main,
          push,
          tell,
          focused: () => webContents.getFocusedWebContents(),
        }),
        { isPackaged, platform: process.platform },
      ),
    ),
  );
}

/** What the command line and the environment ask for. */
interface Asked {
  readonly clock: () => Date;
  readonly logChoice: LogChoice;
}

/** Null once that was refused and this run is over. */
function askedOrExit(): Asked | null {
  try {
    return { clock: makeClock(readClockOffset(app)), logChoice: readLogChoice(app, process.env) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    app.exit(1);
    return null;
  }
}

/** Says why Retrace cannot start, on stderr and in a dialog, and ends with code 1. Nothing was changed. */
async function giveUp(error: unknown, logFile: LogFile): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Retrace could not start: ${message}\n`);
  logFile.failure(error);
  await logFile.flush();
  await app.whenReady();
  window?.hide();
  await dialog.showMessageBox({
    type: 'error',
    title: 'Retrace',
    message: 'Retrace could not start',
    detail: message,
  });
  app.exit(1);
}
