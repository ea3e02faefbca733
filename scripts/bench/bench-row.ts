/** One figure; the shape that `npm run bench` writes. */
export interface BenchRow {
  readonly id: string;
  /** Null where it could not be measured; the id says why. */
  readonly value: number | null;
  readonly limit: number | null;
  readonly better: 'lower' | 'higher';
  readonly unit: string;
  readonly versions: Readonly<Record<string, string>>;
}
