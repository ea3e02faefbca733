import type { Random } from './disk.ts';

/** At most `count` of the items, drawn by turns from each phase, so that a short phase is looked at like a long one. */
export function drawn<T extends { readonly phase: string }>(
  items: readonly T[],
  count: number,
  random: Random,
): readonly T[] {
  const phases = new Map<string, T[]>();
  for (const item of items) {
    const phase = phases.get(item.phase) ?? [];
    phase.push(item);
    phases.set(item.phase, phase);
  }
  const result: T[] = [];
  while (result.length < Math.min(count, items.length)) {
    for (const phase of phases.values()) {
      if (result.length < count) result.push(...phase.splice(Math.floor(random() * phase.length), 1));
    }
  }
  return result;
}
