/** One change of a JSON value as immer makes it: `path` leads from the root to the place. */
export interface Patch {
  readonly op: 'replace' | 'remove' | 'add';
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
}
