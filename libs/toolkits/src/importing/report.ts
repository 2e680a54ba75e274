import type { ImportOutcome } from '../openapi/import.js';

/** One line: operations in, tools out, and why the others were left. */
export function summary(slug: string, { imported, renamed, refused }: ImportOutcome): string {
  const reasons = new Map<string, number>();
  for (const { reason } of refused) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const why = [...reasons].map(([reason, count]) => `${count} ${reason}`).join('; ');
  const total = imported.length + refused.length;
  return `${slug}: ${total} operations, ${imported.length} tools, ${renamed.length} renamed, ${refused.length} left out${why && ` (${why})`}`;
}

/** The same with every name. */
export function report(slug: string, outcome: ImportOutcome): string {
  const { imported, renamed, refused } = outcome;
  return [
    ...imported.map(({ operation, slug: to }) => `imported  ${to}  ${operation}`),
    ...renamed.map(({ from, to, reason }) => `renamed   ${from} -> ${to}  (${reason})`),
    ...refused.map(({ operation, place, reason }) => `refused   ${operation}  ${place}: ${reason}`),
    summary(slug, outcome),
  ].join('\n');
}
