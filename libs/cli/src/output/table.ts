import stringWidth from 'string-width';

const GAP = '  ';
/** A column is not made narrower than this, whatever the terminal is. */
const LEAST_WIDTH = 8;

/**
 * Rows in columns that fit into the width: the widest are cut.
 * @param rows of equally many cells, each one line
 */
export function tableLines(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))),
  );
  shrink(widths, width);
  return rows.map((row) =>
    row
      .map((cell, column) => fit(cell, widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

function shrink(widths: number[], width: number): void {
  const sum = () => widths.reduce((total, one) => total + one, GAP.length * (widths.length - 1));
  while (sum() > width) {
    const widest = widths.indexOf(Math.max(...widths));
    const second = Math.max(LEAST_WIDTH, ...widths.filter((_, column) => column !== widest));
    const next = Math.max(
      widths[widest]! - (sum() - width),
      Math.min(second, widths[widest]! - 1),
      LEAST_WIDTH,
    );
    if (next >= widths[widest]!) return;
    widths[widest] = next;
  }
}

function fit(cell: string, width: number): string {
  const cut = stringWidth(cell) > width ? `${head(cell, width - 1)}…` : cell;
  return cut + ' '.repeat(Math.max(0, width - stringWidth(cut)));
}

/** As much of the text as is no wider. */
function head(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}
