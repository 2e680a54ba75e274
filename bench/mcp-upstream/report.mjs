// The figures as tables in Markdown.
import { total } from '../measure.mjs';
import { median, table } from '../report.mjs';

const DIRECT = 'directly';

/**
 * @param {Record<string, import('../measure.mjs').Measured>} measured
 * @param {number} atOnce
 */
export function report(measured, atOnce) {
  return [ratios(measured, atOnce), split(measured, atOnce)].join('\n\n');
}

/** A ratio is the median of each round's own: a round's neighbours had the same machine. */
function ratios(measured, atOnce) {
  const direct = measured[DIRECT];
  const rows = Object.entries(measured).map(([name, { many, single, cpu, singleCpu, requests }]) => {
    const share = median(many.map(({ perSecond }, round) => perSecond / direct.many[round].perSecond));
    return [
      name,
      median(many.map(({ perSecond }) => perSecond)).toFixed(0),
      share.toFixed(2),
      median(many.map(({ p50 }) => p50)).toFixed(1),
      median(many.map(({ p99 }) => p99)).toFixed(1),
      total(cpu).toFixed(2),
      median(single.map(({ p50 }) => p50)).toFixed(1),
      total(singleCpu).toFixed(2),
      requests.toFixed(2),
    ];
  });
  const crowd = `${atOnce} at once`;
  const head = [
    '',
    `calls/s, ${crowd}`,
    'share of directly',
    `p50 ms, ${crowd}`,
    'p99 ms',
    `CPU ms a call, ${crowd}`,
    'p50 ms, one at a time',
    'CPU ms a call, one at a time',
    'calls of the server a call',
  ];
  return table([head, ...rows]);
}

/** Where Patchbay's CPU goes, by process. */
function split(measured, atOnce) {
  const names = Object.keys(measured).filter((name) => Object.keys(measured[name].cpu).length > 1);
  const rows = Object.keys(measured[names[0]].cpu).map((process) => [
    process,
    ...names
      .flatMap((name) => [measured[name].cpu, measured[name].singleCpu])
      .map((cpu) => cpu[process].toFixed(2)),
  ]);
  const heads = names.flatMap((name) => [`${name}, ${atOnce} at once`, `${name}, one at a time`]);
  return table([['CPU ms a call', ...heads], ...rows]);
}
