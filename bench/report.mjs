// The figures as tables in Markdown.
import { MANY, total } from './measure.mjs';
import { median } from './statistics.mjs';

const FLOOR = 'floor';

/** @param {Record<string, import('./measure.mjs').Measured>} measured */
export function report(measured) {
  return [ratios(measured), split(measured)].join('\n\n');
}

/** A ratio is the median of each round's own ratio: a round's neighbours had the same machine. */
function ratios(measured) {
  const floor = measured[FLOOR];
  const rows = Object.entries(measured).map(([name, { many, single, cpu, requests }]) => {
    const against = (figure, mode, decimals) =>
      median(measured[name][mode].map((round, index) => round[figure] / floor[mode][index][figure])).toFixed(
        decimals,
      );
    const ms = (figure, rounds) => median(rounds.map((round) => round[figure])).toFixed(2);
    return [
      name,
      median(many.map(({ perSecond }) => perSecond)).toFixed(0),
      against('perSecond', 'many', 3),
      ms('p50', many),
      against('p50', 'many', 1),
      ms('p99', many),
      ms('p50', single),
      against('p50', 'single', 1),
      total(cpu).toFixed(2),
      (total(cpu) / total(floor.cpu)).toFixed(1),
      requests.toFixed(2),
    ];
  });
  const head = [
    '',
    `calls/s, ${MANY} at once`,
    'against the floor',
    `p50 ms, ${MANY} at once`,
    'against the floor',
    'p99 ms',
    'p50 ms, one at a time',
    'against the floor',
    'CPU ms a call',
    'against the floor',
    'upstream requests a call',
  ];
  return table([head, ...rows]);
}

/** Where Patchbay's CPU goes, by process. */
function split(measured) {
  const names = Object.keys(measured).filter((name) => Object.keys(measured[name].cpu).length > 1);
  const processes = Object.keys(measured[names[0]].cpu);
  const rows = processes.map((process) => [
    process,
    ...names.map((name) => measured[name].cpu[process].toFixed(3)),
  ]);
  return table([['CPU ms a call', ...names], ...rows]);
}

export function table([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}
