import type { Patch } from '@retrace/protocol';

type Container = Record<string, unknown> | unknown[];

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/**
 * Changes `root` in place as immer's `patches` say. In place, because a Solid store tells its readers exactly which
 * places changed: rows that a patch does not touch keep their identity, their elements and the focus on them.
 *
 * Throws where a path leads nowhere: the patches are not for this value.
 */
export function applyPatches(root: object, patches: readonly Patch[]): void {
  for (const { op, path, value } of patches) {
    let target: unknown = root;
    for (const step of path.slice(0, -1)) {
      target = isContainer(target) ? (target as Record<string | number, unknown>)[step] : undefined;
    }
    const last = path.at(-1);
    if (!isContainer(target) || last === undefined) {
      throw new Error(`No place in the session table has the path ${path.join('/')}.`);
    }
    if (Array.isArray(target)) {
      // Immer shortens an array by replacing its length, and only inserts or removes single elements otherwise.
      if (last === 'length') target.length = Number(value);
      else if (op === 'replace') target[Number(last)] = value;
      else if (op === 'add') target.splice(Number(last), 0, value);
      else target.splice(Number(last), 1);
    } else if (op === 'remove') {
      Reflect.deleteProperty(target, last);
    } else {
      target[last] = value;
    }
  }
}
