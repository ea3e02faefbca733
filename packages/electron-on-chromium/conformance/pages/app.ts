import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isAbsolute, join } from 'node:path';
import type * as Electron from 'electron';
import { page } from '../page.ts';

export const app = page('app', (check) => {
  check('app.whenReady()', 'is fulfilled, and isReady is true', async ({ electron: { app } }) => {
    await app.whenReady();
    assert.equal(app.isReady(), true);
  });
  check('app.getName()', 'is the productName of package.json', ({ electron: { app } }) => {
    assert.equal(app.getName(), 'Conformance');
    assert.equal(app.name, 'Conformance');
  });
  check('app.setName(name)', 'overrides it', ({ electron: { app }, afterwards }) => {
    afterwards(() => app.setName('Conformance'));
    app.setName('Another');
    assert.equal(app.name, 'Another');
  });
  check('app.getVersion()', 'is that of package.json', ({ electron: { app } }) => {
    assert.equal(app.getVersion(), '3.2.1');
  });
  check('app.getAppPath()', 'is where the app is', ({ electron: { app } }) => {
    assert.match(app.getAppPath(), /conformance[/\\]app$/);
  });
  check('app.getLocale()', 'and getSystemLocale are language tags', ({ electron: { app } }) => {
    assert.match(app.getLocale(), /^[a-z]{2,3}(-|$)/i);
    assert.match(app.getSystemLocale(), /^[a-z]{2,3}(-|$)/i);
  });
  check('app.isPackaged', 'is false for a folder', ({ electron: { app } }) => {
    assert.equal(app.isPackaged, false);
  });
  for (const name of [
    'home',
    'appData',
    'userData',
    'sessionData',
    'temp',
    'exe',
    'desktop',
    'documents',
    'downloads',
    'logs',
    'crashDumps',
  ] as const)
    check('app.getPath(name)', `${name} is an absolute path`, ({ electron: { app } }) => {
      assert.equal(isAbsolute(app.getPath(name)), true);
    });
  check('app.getPath(name)', 'userData is what --user-data-dir says', ({ electron: { app } }) => {
    assert.equal(app.getPath('userData'), app.commandLine.getSwitchValue('user-data-dir'));
    assert.equal(app.getPath('sessionData'), app.getPath('userData'));
  });
  check('app.getPath(name)', 'an unknown name is refused', ({ electron: { app } }) => {
    assert.throws(() => app.getPath('nowhere' as never), /Failed to get 'nowhere' path/);
  });
  check('app.setPath(name, path)', 'overrides a path', async ({ electron: { app }, folder, afterwards }) => {
    const [path, before] = [await folder(), app.getPath('music')];
    afterwards(() => app.setPath('music', before));
    app.setPath('music', path);
    assert.equal(app.getPath('music'), path);
  });
  check('app.setPath(name, path)', 'refuses a relative path', ({ electron: { app } }) => {
    assert.throws(() => app.setPath('music', 'relative'), /Path must be absolute/);
  });
  check(
    "Event: 'browser-window-created'",
    'is told for a new window',
    async ({ electron: { app }, window }) => {
      const created = once(app, 'browser-window-created');
      const made = window();
      assert.equal((await created)[1], made);
    },
  );
  check(
    "Event: 'browser-window-focus'",
    'and browser-window-blur tell the window',
    async ({ electron: { app }, window }) => {
      const focused = once(app, 'browser-window-focus');
      const one = window({ show: true });
      one.focus();
      assert.equal(((await focused) as unknown[])[1], one);
      const blurred = once(app, 'browser-window-blur');
      one.blur();
      assert.equal(((await blurred) as unknown[])[1], one);
    },
  );
  check(
    "Event: 'web-contents-created'",
    'is told for new contents',
    async ({ electron: { app }, window }) => {
      const created = once(app, 'web-contents-created');
      const { webContents } = window();
      assert.equal((await created)[1], webContents);
    },
  );
  check("Event: 'render-process-gone'", 'tells the contents', async ({ electron: { app }, page: open }) => {
    const contents = await open('x');
    const gone = once(app, 'render-process-gone');
    contents.forcefullyCrashRenderer();
    assert.equal((await gone)[1], contents);
  });
  check(
    "Event: 'login'",
    'is told when contents ask for a password',
    async ({ electron: { app }, window, site, afterwards }) => {
      const url = await site({
        '/': ({ headers }, response) => {
          if (headers.authorization === undefined)
            response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end('who?');
          else response.end('<title>in</title>');
        },
      });
      const answer = (
        event: Electron.Event,
        _contents: unknown,
        _details: unknown,
        _info: unknown,
        callback: (name: string, password: string) => void,
      ) => {
        event.preventDefault();
        callback('me', 'secret');
      };
      app.on('login', answer);
      afterwards(() => app.removeListener('login', answer));
      const { webContents } = window();
      await webContents.loadURL(url);
      assert.equal(webContents.getTitle(), 'in');
    },
  );
  check('app.enableSandbox()', 'must be called before ready', ({ electron: { app } }) => {
    assert.throws(() => app.enableSandbox(), /before app is ready/);
  });
  check('app.disableHardwareAcceleration()', 'must be called before ready', ({ electron: { app } }) => {
    assert.throws(() => app.disableHardwareAcceleration(), /before app is ready/);
  });
  check('app.getAppMetrics()', 'has the browser process', ({ electron: { app } }) => {
    const metrics = app.getAppMetrics();
    assert.ok(metrics.some(({ type, pid }) => type === 'Browser' && pid === process.pid));
  });

  const lifeCycle = `
    import { app, BrowserWindow } from 'electron';
    const say = (line) => process.stdout.write(line + '\\n');
    for (const event of ['will-finish-launching', 'ready', 'before-quit', 'will-quit', 'quit']) app.on(event, () => say(event));`;
  check("Event: 'ready'", 'and the events of quitting come in order', async ({ app: start }) => {
    const { exitCode, lines } = await start(`${lifeCycle} app.whenReady().then(() => app.quit());`);
    assert.equal(exitCode, 0);
    assert.deepEqual(lines, ['will-finish-launching', 'ready', 'before-quit', 'will-quit', 'quit']);
  });
  check("Event: 'window-all-closed'", 'without a listener the app quits', async ({ app: start }) => {
    const { exitCode, lines } = await start(`${lifeCycle}
      app.whenReady().then(() => new BrowserWindow({ show: false }).close());`);
    assert.equal(exitCode, 0);
    assert.equal(lines.at(-1), 'quit');
  });
  check("Event: 'window-all-closed'", 'with a listener the app goes on', async ({ app: start }) => {
    const { exitCode, lines } = await start(`${lifeCycle}
      app.on('window-all-closed', () => { say('all closed'); setTimeout(() => app.exit(3), 50); });
      app.whenReady().then(() => new BrowserWindow({ show: false }).close());`);
    assert.equal(exitCode, 3);
    assert.ok(lines.includes('all closed'));
    assert.ok(!lines.includes('before-quit'));
  });
  check("Event: 'window-all-closed'", 'is not told when the app quits', async ({ app: start }) => {
    const { lines } = await start(`${lifeCycle}
      app.on('window-all-closed', () => say('all closed'));
      app.whenReady().then(() => { new BrowserWindow({ show: false }); app.quit(); });`);
    assert.ok(!lines.includes('all closed'));
    assert.equal(lines.at(-1), 'quit');
  });
  check("Event: 'before-quit'", 'preventDefault keeps the app', async ({ app: start }) => {
    const { lines } = await start(`${lifeCycle}
      app.once('before-quit', (event) => { event.preventDefault(); setTimeout(() => app.quit(), 10); });
      app.whenReady().then(() => app.quit());`);
    assert.deepEqual(lines.slice(-4), ['before-quit', 'before-quit', 'will-quit', 'quit']);
  });
  check("Event: 'will-quit'", 'comes when the windows have been closed', async ({ app: start }) => {
    const { lines } = await start(`${lifeCycle}
      app.whenReady().then(() => { new BrowserWindow({ show: false }).on('closed', () => say('closed')); app.quit(); });`);
    assert.deepEqual(lines.slice(-4), ['before-quit', 'closed', 'will-quit', 'quit']);
  });
  check('app.exit([exitCode])', 'ends at once with the code', async ({ app: start }) => {
    const { exitCode, lines } = await start(`${lifeCycle} app.whenReady().then(() => app.exit(7));`);
    assert.equal(exitCode, 7);
    assert.ok(!lines.includes('before-quit') && !lines.includes('will-quit'));
  });
  check(
    'app.requestSingleInstanceLock([additionalData])',
    'the second instance is told to the first',
    async ({ app: start, folder, electron: { app } }) => {
      const userData = await folder();
      const { lines } = await start(
        `import { app } from 'electron';
      import { spawn } from 'node:child_process';
      if (!app.requestSingleInstanceLock({ from: process.argv.includes('--second') ? 'second' : 'first' })) {
        process.stdout.write('refused\\n');
        app.exit(0);
      } else {
        app.on('second-instance', (_event, argv, workingDirectory, data) => {
          console.log(argv.includes('--second'), workingDirectory === process.cwd(), data.from);
          app.exit(0);
        });
        app.whenReady().then(() => spawn(${JSON.stringify(app.getPath('exe'))}, [...process.argv.slice(1), '--second'], { stdio: 'inherit' }));
      }`,
        { userData },
      );
      assert.deepEqual([...lines].sort(), ['refused', 'true true second']);
    },
  );
  check(
    'app.relaunch([options])',
    'starts the app again when it has ended',
    async ({ app: start, folder, until }) => {
      const marks = join(await folder(), 'marks');
      await start(
        `import { app } from 'electron';
      import { appendFileSync } from 'node:fs';
      app.whenReady().then(() => {
        const again = process.argv.includes('--again');
        appendFileSync(${JSON.stringify(marks)}, again ? 'again' : 'first ');
        if (!again) app.relaunch({ args: [...process.argv.slice(1), '--again'] });
        app.exit(0);
      });`,
      );
      const { readFileSync } = await import('node:fs');
      await until(() => readFileSync(marks, 'utf8') === 'first again');
    },
  );
});
