/** `base`, or `base 2`, `base 3`, … : the first that no session has. Case does not tell names apart. */
export function freeName(base: string, taken: Iterable<string>): string {
  const lower = new Set(Array.from(taken, (name) => name.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base} ${n}`;
    if (!lower.has(name.toLowerCase())) return name;
  }
}
