import { keyNamed, modifierBits } from './keys.ts';
import type { PageAccelerator } from './page-events.ts';

type Action = (contents: unknown) => void;

interface Entry extends PageAccelerator {
  readonly run: Action;
}

/** The keys of an accelerator such as `CommandOrControl+Shift+Z`; undefined when Electron would not know it either. */
export function parseAccelerator(
  accelerator: string,
  platform: NodeJS.Platform = process.platform,
): Omit<PageAccelerator, 'id'> | undefined {
  // The plus key is written as the separator too, as in `Ctrl++`.
  const parts = accelerator
    .replace(/\+\+$/, '+Plus')
    .split('+')
    .map((part) => part.trim());
  const name = parts.pop();
  if (name === undefined || name === '') return undefined;
  let modifiers = 0;
  for (const part of parts) {
    const bit = modifierNamed(part.toLowerCase(), platform);
    if (bit === undefined) return undefined;
    modifiers |= bit;
  }
  const key = keyNamed(name.length === 1 ? name.toLowerCase() : name);
  return key && { code: key.code, key: key.key, modifiers };
}

function modifierNamed(name: string, platform: NodeJS.Platform): number | undefined {
  switch (name) {
    case 'commandorcontrol':
    case 'cmdorctrl':
      return platform === 'darwin' ? modifierBits.meta : modifierBits.control;
    case 'command':
    case 'cmd':
    case 'meta':
    case 'super':
      return modifierBits.meta;
    case 'control':
    case 'ctrl':
      return modifierBits.control;
    case 'alt':
    case 'option':
    case 'altgr':
      return modifierBits.alt;
    case 'shift':
      return modifierBits.shift;
    default:
      return undefined;
  }
}

/** The accelerators of the application's menu. Every page is given them, so they work wherever the keyboard is. */
class Accelerators {
  readonly #watchers = new Set<() => void>();
  #entries: readonly Entry[] = [];

  /** Replaces all. An accelerator that cannot be understood is refused with an error that names it. */
  set(wanted: readonly { readonly accelerator: string; readonly run: Action }[]): void {
    this.#entries = wanted.map(({ accelerator, run }, id) => {
      const keys = parseAccelerator(accelerator);
      if (!keys) throw new Error(`'${accelerator}' is not a valid accelerator`);
      return { ...keys, id, run };
    });
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Returns what ends it. */
  onChanged(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** What crosses into a page: no functions. */
  forPages(): PageAccelerator[] {
    return this.#entries.map(({ id, code, key, modifiers }) => ({ id, code, key, modifiers }));
  }

  /** `contents` is the page in which the keys were pressed. */
  fire(id: number, contents: unknown): void {
    this.#entries.find((entry) => entry.id === id)?.run(contents);
  }
}

export const accelerators = new Accelerators();
