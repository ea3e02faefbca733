import type { App } from 'electron';
import { Duration } from 'luxon';

/**
 * What `--clock-offset=<ISO 8601 duration>` adds to the engine's clock, or null without it and in a packaged application, whatever
 * the command line says. (`--user-data-dir` needs nothing here: Electron itself moves `userData` by it.)
 *
 * @throws Error with a sentence for the person when it is no duration.
 */
export function readClockOffset(app: {
  readonly isPackaged: boolean;
  readonly commandLine: Pick<App['commandLine'], 'getSwitchValue'>;
}): Duration | null {
  const text = app.isPackaged ? '' : app.commandLine.getSwitchValue('clock-offset');
  if (text === '') return null;
  const offset = Duration.fromISO(text);
  if (!offset.isValid) {
    throw new Error(`--clock-offset=${text} is not an ISO 8601 duration. Write it like P21D.`);
  }
  return offset;
}
