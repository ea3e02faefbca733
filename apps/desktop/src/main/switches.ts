import { resolve } from 'node:path';
import type { App } from 'electron';
import { Duration } from 'luxon';

export interface Switches {
  /** Where everything is kept instead of the usual place, as an absolute path, or null. */
  readonly userDataDirectory: string | null;
  /** Added to the engine's clock. Zero in a packaged application, whatever the command line says. */
  readonly clockOffset: Duration;
}

/**
 * What the command line asks for: `--user-data-dir=<dir>` and, unpackaged, `--clock-offset=<ISO 8601 duration>`.
 *
 * @throws Error with a sentence for the person when the offset is no duration.
 */
export function readSwitches(app: {
  readonly isPackaged: boolean;
  readonly commandLine: Pick<App['commandLine'], 'getSwitchValue'>;
}): Switches {
  const directory = app.commandLine.getSwitchValue('user-data-dir');
  return {
    userDataDirectory: directory === '' ? null : resolve(directory),
    clockOffset: app.isPackaged
      ? Duration.fromMillis(0)
      : clockOffset(app.commandLine.getSwitchValue('clock-offset')),
  };
}

function clockOffset(text: string): Duration {
  if (text === '') return Duration.fromMillis(0);
  const offset = Duration.fromISO(text);
  if (!offset.isValid) {
    throw new Error(`--clock-offset=${text} is not an ISO 8601 duration. Write it like P21D.`);
  }
  return offset;
}
