import type { CallFigures } from '@patchbay/contracts';

/** Calls that took about as long. */
export interface Counted {
  /** As `call_times` has it. */
  latency: number;
  calls: number;
  failed: number;
}

/** @param counted in any order, of one latency several perhaps */
export function figuresOf(counted: readonly Counted[]): CallFigures {
  const sorted = counted.toSorted((a, b) => a.latency - b.latency);
  const calls = sum(sorted.map((one) => one.calls));
  const percentile = (share: number) => {
    let seen = 0;
    const found = sorted.find((one) => (seen += one.calls) >= calls * share);
    return found ? Math.round(2 ** (found.latency / 8)) : null;
  };
  const failed = sum(sorted.map((one) => one.failed));
  return { calls, failed, p50Ms: percentile(0.5), p95Ms: percentile(0.95), p99Ms: percentile(0.99) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
