/** Thrown by every member of Electron's API that Chromium gives this runtime no way to offer. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
  /** `member` as in Electron's documentation, such as `dialog.showMessageBoxSync`. */
  constructor(
    readonly member: string,
    reason = '',
  ) {
    super(
      `electron-on-chromium: ${member} is not supported here: ${reason === '' ? 'SUPPORT.md of electron-on-chromium says what is' : reason}`,
    );
  }
}

/** A call that is not there must say so: doing nothing would look like success. */
export function unsupported(member: string, reason = ''): never {
  throw new UnsupportedError(member, reason);
}
