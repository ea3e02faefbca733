import type { App } from 'electron';

/** Where the log is kept: in the data directory of this machine, or on a PostgreSQL server that several desktops share. */
export type LogChoice =
  { readonly kind: 'own' } | { readonly kind: 'server'; readonly connectionString: string };

/**
 * What `--log=postgres://…` says, or the environment variable `RETRACE_LOG` where the switch is absent. An address with a password
 * belongs into the variable: everybody on a machine can read the command lines of its processes.
 *
 * @throws Error with a sentence for the person when it is no address of a server. The sentence does not repeat the address.
 */
export function readLogChoice(
  app: { readonly commandLine: Pick<App['commandLine'], 'getSwitchValue'> },
  environment: Readonly<Record<string, string | undefined>>,
): LogChoice {
  const fromSwitch = app.commandLine.getSwitchValue('log');
  const text = fromSwitch === '' ? (environment['RETRACE_LOG'] ?? '') : fromSwitch;
  if (text === '') return { kind: 'own' };
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    const name = fromSwitch === '' ? 'RETRACE_LOG' : '--log';
    throw new Error(
      `${name} is not the address of a PostgreSQL server. Write it like postgres://user@host/database.`,
    );
  }
  return { kind: 'server', connectionString: text };
}
