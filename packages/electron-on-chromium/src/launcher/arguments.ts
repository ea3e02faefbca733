/** Electron's own command line, `electron [options] <app> [arguments]`. */
export interface Arguments {
  /** Undefined when none was given. */
  readonly appPath: string | undefined;
  /** Files to load before the app, of `-r`. */
  readonly requires: readonly string[];
  /** Undefined without `--inspect`; 0 lets the system choose. */
  readonly inspectPort: number | undefined;
  /** Undefined without `--remote-debugging-port`. */
  readonly debuggingPort: number | undefined;
  readonly userDataDir: string | undefined;
  readonly headless: boolean;
  readonly version: boolean;
}

/** `argv` is everything after the executable. Switches may stand before and after the app, as in Electron. */
export function parseArguments(argv: readonly string[]): Arguments {
  const requires: string[] = [];
  let appPath: string | undefined;
  const values = new Map<string, string>();
  for (let i = 0; i < argv.length; i += 1) {
    const argument = argv[i] ?? '';
    if (argument === '-r' || argument === '--require') {
      i += 1;
      const file = argv[i];
      if (file !== undefined) requires.push(file);
    } else if (argument.startsWith('-')) {
      const [, name = '', value = ''] = /^--?([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      values.set(name, value);
    } else {
      appPath ??= argument;
    }
  }
  return {
    appPath,
    requires,
    inspectPort: portOf(values.get('inspect') ?? values.get('inspect-brk'), 9229),
    debuggingPort: portOf(values.get('remote-debugging-port'), 0),
    userDataDir: values.get('user-data-dir'),
    headless: values.has('headless'),
    version: values.has('version') || values.has('v'),
  };
}

/** `--inspect`, `--inspect=5858` and `--inspect=127.0.0.1:5858` are all said. */
function portOf(value: string | undefined, fallback: number): number | undefined {
  if (value === undefined) return undefined;
  const port = Number(value.slice(value.lastIndexOf(':') + 1));
  return value === '' || !Number.isInteger(port) ? fallback : port;
}
