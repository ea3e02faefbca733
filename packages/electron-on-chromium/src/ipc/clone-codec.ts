/**
 * Structured clone as text: what `v8.serialize` does between Electron's processes, in a form that both a page's world and
 * Node can write and read. Keeps identity and cycles; class instances become plain objects; functions, symbols, promises
 * and DOM objects are refused as the structured clone algorithm refuses them.
 *
 * This file also runs inside pages: it must not import anything, and it captures what it uses before page code runs.
 */

/** A value as JSON: a primitive itself, or a tagged tuple. */
type Encoded = string | number | boolean | null | readonly [tag: string, ...rest: unknown[]];

/** Lets a caller carry values that structured clone refuses: returns a token for `value`, or undefined to let it be refused. */
export type Outbound = (value: object) => string | undefined;
/** The other side of {@link Outbound}. */
export type Inbound = (token: string) => unknown;

const typedArrays = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;
type TypedArrayName = keyof typeof typedArrays;

const errorTypes: Readonly<Record<string, new (message: string) => Error>> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

const cannotClone = () => new Error('An object could not be cloned.');

/** Throws an `Error` with Electron's message when something in `value` cannot be cloned. */
export function encode(value: unknown, outbound?: Outbound): string {
  const seen = new Map<object, number>();

  const write = (item: unknown): Encoded => {
    switch (typeof item) {
      case 'string':
      case 'boolean':
        return item;
      case 'number':
        return Number.isFinite(item) && !Object.is(item, -0)
          ? item
          : ['n', String(Object.is(item, -0) ? '-0' : item)];
      case 'undefined':
        return ['u'];
      case 'bigint':
        return ['b', String(item)];
      case 'symbol':
        throw cannotClone();
      case 'function':
      case 'object':
        return item === null ? null : writeObject(item);
    }
  };

  const writeObject = (item: object): Encoded => {
    const known = seen.get(item);
    if (known !== undefined) return ['r', known];
    seen.set(item, seen.size);
    const token = outbound?.(item);
    if (token !== undefined) return ['x', token];
    if (typeof item === 'function') throw cannotClone();
    if (Array.isArray(item)) return ['a', ...Array.from(item, write)];
    if (item instanceof Date) return ['d', item.getTime()];
    if (item instanceof RegExp) return ['e', item.source, item.flags];
    if (item instanceof Map) return ['m', ...[...item].flat().map(write)];
    if (item instanceof Set) return ['s', ...[...item].map(write)];
    if (item instanceof Error) {
      return [
        'E',
        errorName(item),
        item.message,
        item.stack ?? null,
        ...('cause' in item ? [write(item.cause)] : []),
      ];
    }
    if (item instanceof ArrayBuffer) return ['B', toBase64(new Uint8Array(item))];
    if (ArrayBuffer.isView(item)) {
      const bytes = new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
      return ['T', viewName(item), toBase64(bytes)];
    }
    if (item instanceof Boolean || item instanceof Number || item instanceof String) {
      return ['o', write(item.valueOf())];
    }
    if (isRefused(item)) throw cannotClone();
    return ['O', ...Object.keys(item).flatMap((key) => [key, write((item as Record<string, unknown>)[key])])];
  };

  return JSON.stringify(write(value));
}

/** Reads what {@link encode} wrote. */
export function decode(text: string, inbound?: Inbound): unknown {
  const seen: unknown[] = [];
  const keep = <T>(value: T): T => {
    seen.push(value);
    return value;
  };

  const read = (item: Encoded): unknown => {
    if (!Array.isArray(item)) return item;
    const [tag, ...rest] = item as [string, ...Encoded[]];
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return Number(rest[0]);
      case 'b':
        return BigInt(rest[0] as string);
      case 'r':
        return seen[rest[0] as number];
      case 'x': {
        const index = seen.push(undefined) - 1;
        return (seen[index] = inbound?.(rest[0] as string));
      }
      case 'a': {
        const array = keep<unknown[]>([]);
        for (const entry of rest) array.push(read(entry));
        return array;
      }
      case 'd':
        return keep(new Date(rest[0] as number));
      case 'e':
        return keep(new RegExp(rest[0] as string, rest[1] as string));
      case 'm': {
        const map = keep(new Map<unknown, unknown>());
        for (let i = 0; i < rest.length; i += 2) map.set(read(rest[i] ?? null), read(rest[i + 1] ?? null));
        return map;
      }
      case 's': {
        const set = keep(new Set<unknown>());
        for (const entry of rest) set.add(read(entry));
        return set;
      }
      case 'E': {
        const [name, message, stack, cause] = rest;
        const error = keep(new (errorTypes[name as string] ?? Error)(message as string));
        if (stack !== null)
          Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
        if (cause !== undefined)
          Object.defineProperty(error, 'cause', { value: read(cause), configurable: true, writable: true });
        return error;
      }
      case 'B':
        return keep(fromBase64(rest[0] as string).buffer);
      case 'T': {
        const { buffer } = fromBase64(rest[1] as string);
        const name = rest[0] as TypedArrayName | 'DataView';
        return keep(name === 'DataView' ? new DataView(buffer) : new typedArrays[name](buffer));
      }
      case 'o':
        return keep(Object(read(rest[0] ?? null)));
      case 'O': {
        const object = keep<Record<string, unknown>>({});
        for (let i = 0; i < rest.length; i += 2) {
          // `__proto__` as a key of its own must not become the prototype.
          Object.defineProperty(object, rest[i] as string, {
            value: read(rest[i + 1] ?? null),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        }
        return object;
      }
      default:
        throw new Error(`Unknown tag in a cloned value: ${tag}`);
    }
  };

  return read(JSON.parse(text) as Encoded);
}

function errorName(error: Error): string {
  const name = error.name;
  return name in errorTypes ? name : 'Error';
}

function viewName(view: ArrayBufferView): TypedArrayName | 'DataView' {
  if (view instanceof DataView) return 'DataView';
  // A Buffer of Node is a Uint8Array to the structured clone algorithm.
  const name = Object.keys(typedArrays).find(
    (candidate) => view instanceof typedArrays[candidate as TypedArrayName],
  );
  if (name === undefined) throw cannotClone();
  return name as TypedArrayName;
}

/** Platform objects that have no clone, told by their brand: the same in Node and in a page, across worlds. */
function isRefused(item: object): boolean {
  const brand = Object.prototype.toString.call(item);
  if (brand === '[object Object]') return false;
  return /^\[object (Promise|Weak\w*|Generator|AsyncGenerator|Window|HTML\w*|SVG\w*|\w*Event|Text|Document\w*|Node\w*)\]$/.test(
    brand,
  );
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
