/** The value that half of `samples` lie below; `quantile` moves the half. */
export function quantile(samples: readonly number[], q = 0.5): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  if (value === undefined) throw new Error('A benchmark gave no samples.');
  return value;
}
