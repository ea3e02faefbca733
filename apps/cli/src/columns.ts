import stringWidth from 'string-width';
import { printable } from './output.ts';

/** Rows as lines whose cells stand in columns; `right` names the columns that end together, as numbers do. */
export function inColumns(
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): string {
  const cells = rows.map((row) => row.map(printable));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => stringWidth(row[column] ?? ''))),
  );
  const placed = (cell: string, column: number): string => {
    const padding = ' '.repeat((widths[column] ?? 0) - stringWidth(cell));
    return right.has(column) ? padding + cell : cell + padding;
  };
  return cells.map((row) => row.map(placed).join('  ').trimEnd()).join('\n');
}
