import type { App } from 'electron';

/** Locks every web contents there will ever be, whoever makes it: security rows 12, 15, 16 and 17. To be called before any is made. */
export function lockApp(app: App, tell: (notice: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('select-bluetooth-device', (event, _devices, choose) => {
      event.preventDefault();
      choose('');
    });
    // Views put a handler of their own in its place.
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  app.on('select-client-certificate', (event, _contents, url, _certificates, choose) => {
    // Without this Electron would send the first certificate it finds.
    event.preventDefault();
    choose();
    tell(`${new URL(url).host} asked for a certificate of yours. Retrace sent none.`);
  });
}
