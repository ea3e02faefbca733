import type { Session } from 'electron';
import { isGranted } from './permissions.ts';

/**
 * Locks what a session's pages may ask of this machine: security rows 14 (permissions), 15 (devices), 22 (downloads).
 * To be called once for each `Session` object, before it loads anything.
 *
 * Row 16 needs nothing here: without a handler Electron refuses bad certificates and cancels HTTP authentication.
 */
export function lockSession(session: Session, tell: (notice: string) => void): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isGranted(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission));

  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault();
    choose(null);
  });
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault();
    choose('');
  });

  session.on('will-download', (event, item) => {
    event.preventDefault();
    tell(`Retrace does not save files yet. “${item.getFilename()}” was not downloaded.`);
  });
}
