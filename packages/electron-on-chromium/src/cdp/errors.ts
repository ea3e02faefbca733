/** Chromium refused a command. `code` and `message` are its own. */
export class CdpError extends Error {
  override readonly name = 'CdpError';
  constructor(
    readonly method: string,
    readonly code: number,
    message: string,
  ) {
    super(`${method}: ${message}`);
  }
}

/** The session or the whole process was gone before it answered. */
export class CdpClosedError extends Error {
  override readonly name = 'CdpClosedError';
  constructor(readonly method: string) {
    super(`${method}: the Chromium target is closed`);
  }
}
