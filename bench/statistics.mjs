// What is told of many measured values.

/**
 * The value below which so large a share of all lies.
 * @param {number[]} sorted from small to large
 * @param {number} share from 0 to 1
 */
export function quantile(sorted, share) {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}
