/** What an item says of its place among the items of one menu. */
export interface Placed {
  readonly id?: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** The items in the order that `before` and `after` ask for; apart from that, as they were. A circle of wishes is cut where it closes. */
export function inOrder<T extends Placed>(items: readonly T[]): T[] {
  const predecessors = new Map<T, T[]>(items.map((item) => [item, []]));
  const byId = (id: string): T | undefined => items.find((item) => item.id === id);
  for (const item of items) {
    for (const id of item.after ?? []) {
      const first = byId(id);
      if (first) predecessors.get(item)?.push(first);
    }
    for (const id of item.before ?? []) {
      const second = byId(id);
      if (second) predecessors.get(second)?.push(item);
    }
  }
  const placed = new Set<T>();
  const visited = new Set<T>();
  const place = (item: T): void => {
    if (visited.has(item)) return;
    visited.add(item);
    predecessors.get(item)?.forEach(place);
    placed.add(item);
  };
  items.forEach(place);
  return [...placed];
}
