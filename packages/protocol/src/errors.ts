/**
 * Every way a request can fail. A `code` is for programs and stays for ever; a `message` is one sentence for the person that
 * says what to do. No error carries a stack or a path across the bridge.
 */
export const ERROR_CODES = [
  /** The payload does not fit its schema: wrong type, missing or extra field, too long. */
  'InvalidInput',
  /** The address is one that a session may not open. */
  'AddressRefused',
  /** No session has that id. */
  'SessionNotFound',
  /** The session is in the trash; restore it first. */
  'SessionDeleted',
  /** The session is in the list already. */
  'SessionNotDeleted',
  /** The session has been erased for good. */
  'SessionPurged',
  /** Another desktop has the session open. It is opened here once it sleeps there, or is taken over. */
  'OpenElsewhere',
  /** There is no entry in that direction of the back/forward list. */
  'NoSuchEntry',
  /** No action is left that can be taken back. */
  'NothingToUndo',
  /** The sender is not the application's own window. */
  'SenderRefused',
  /** The log changed under the command, repeatedly. Try again. */
  'Conflict',
  /** The command id was used before with other content. */
  'IdempotencyConflict',
  /** The log cannot be written: full disk, read-only directory, a newer log. */
  'LogUnavailable',
  /** The application is closing. */
  'ShuttingDown',
  /** A mistake of ours. The message says where it was written down. */
  'Internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A failure as an exception, for code that runs inside one process. */
export class RetraceError extends Error {
  override readonly name = 'RetraceError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  toFailure(): Failure {
    return { code: this.code, message: this.message };
  }
}

/** What every IPC call answers. */
export type Answer<T extends object = object> =
  ({ readonly success: true } & T) | { readonly success: false; readonly error: Failure };
