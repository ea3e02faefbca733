import { UnsupportedError } from '../unsupported.ts';
import { undefinedHere } from './notes.ts';
import { electronExports, type Support, supportTable } from './support-table.ts';

/** The objects on which the members of one of Electron's classes are looked for. */
export interface Holder {
  /** A prototype, or the one object there is. */
  readonly instance: object;
  /** A class, or the module's object. */
  readonly statics?: object | undefined;
}

const where = 'SUPPORT.md of electron-on-chromium says what is';

/** Makes every member that Electron declares and `holders` lack throw an error that names it, when it is used. */
export function installUnsupported(holders: Readonly<Record<string, Holder>>): void {
  for (const [name, { instance, statics }] of Object.entries(holders)) {
    const support: Support | undefined = supportTable[name];
    if (!support) throw new Error(`There is no support table for ${name}`);
    for (const method of support.missingMethods) addMethod(instance, `${name}.${method}`, method);
    for (const property of support.missingProperties) addProperty(instance, `${name}.${property}`, property);
    for (const method of support.missingStatics) if (statics) addMethod(statics, `${name}.${method}`, method);
  }
}

/** Adds to `electron` what Electron exports and it does not: stand-ins that throw when anything is done with them. */
export function withUnsupported<T extends object>(electron: T): T {
  const missing = electronExports.filter((name) => !(name in electron));
  return Object.assign(electron, Object.fromEntries(missing.map((name) => [name, standIn(name)])));
}

function addMethod(target: object, member: string, name: string): void {
  define(target, name, {
    value: () => {
      throw new UnsupportedError(member, where);
    },
    writable: true,
  });
}

function addProperty(target: object, member: string, name: string): void {
  if (undefinedHere.has(member)) return;
  define(target, name, {
    get: () => {
      throw new UnsupportedError(member, where);
    },
    set: () => {
      throw new UnsupportedError(member, where);
    },
  });
}

/** Not enumerable, so that looking at an object as a whole is still possible. */
function define(target: object, name: string, descriptor: PropertyDescriptor): void {
  if (name in target) return;
  Object.defineProperty(target, name, { ...descriptor, enumerable: false, configurable: true });
}

function standIn(name: string): object {
  const refuse = (member = ''): never => {
    throw new UnsupportedError(name + member, where);
  };
  // A function, because only what can be called and constructed can refuse both.
  const called = function (): never {
    return refuse();
  };
  return new Proxy(called, {
    get: (target, key) =>
      // What the language and a debugger ask of every value is not a call of the app.
      typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key in target
        ? (Reflect.get(target, key) as unknown)
        : refuse(`.${key}`),
    apply: () => refuse('()'),
    construct: () => refuse(),
  });
}
