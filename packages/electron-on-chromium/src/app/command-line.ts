/** `app.commandLine`: Chromium's switches, those that the app was started with and those that it adds. */
export class CommandLine {
  readonly #switches = new Map<string, string>();
  readonly #arguments: string[] = [];

  constructor(argv: readonly string[]) {
    for (const argument of argv) {
      const match = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
      if (match) this.#switches.set(match[1] ?? '', match[2] ?? '');
    }
  }

  appendSwitch(name: string, value = ''): void {
    const key = name.toLowerCase();
    const before = this.#switches.get(key);
    // Chromium reads one value of a switch; those that are lists are joined, so that one part of an app does not undo another's.
    const joined = before !== undefined && before !== '' && /^(enable|disable)-(blink-)?features$/.test(key);
    this.#switches.set(key, joined ? `${before},${value}` : value);
  }

  appendArgument(value: string): void {
    this.#arguments.push(value);
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name.toLowerCase());
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name.toLowerCase()) ?? '';
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name.toLowerCase());
  }

  /** Internal: what Chromium is started with. Switches of this runtime and of the app stay out. */
  forChromium(): string[] {
    return [...this.#switches]
      .filter(([name]) => chromiumSwitches.test(name))
      .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  }
}

/** Switches that mean something to a page or its network; everything else Chromium gets is this runtime's to decide. */
const chromiumSwitches =
  /^(no-sandbox|lang|force-device-scale-factor|proxy-(server|bypass-list|pac-url)|host-resolver-rules|host-rules|ignore-certificate-errors(-spki-list)?|disable-web-security|autoplay-policy|force-color-profile|force-prefers-.*|disable-dev-shm-usage|enable-unsafe-swiftshader|js-flags|disable-blink-features|enable-blink-features|use-gl|use-angle|disable-gpu|log-net-log|ssl-key-log-file|force-renderer-accessibility|font-render-hinting|disable-ipc-flooding-protection|disable-site-isolation-trials|use-fake-.*-for-media-stream)$/;
