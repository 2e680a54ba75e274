const share = (value) => (value === undefined ? '' : value.toFixed(3));
const ms = ({ p50, p99 }) => `${p50.toFixed(2)} / ${p99.toFixed(2)}`;

export function reportSearch(rows, { shipped, labelled, usable }) {
  const head = [
    'tools',
    'search',
    'recall@1',
    '@5',
    '@10',
    '@5 tuned',
    '@5 held out',
    '@5 later',
    'p50 / p99 ms',
    'MB',
  ];
  const lines = rows.map(({ tools, subject, recall, speed, megabytes }) => [
    tools,
    subject,
    ...recall.all.map(share),
    share(recall.tuned?.[1]),
    share(recall['held out']?.[1]),
    share(recall.later?.[1]),
    ms(speed),
    megabytes.toFixed(0),
  ]);
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const unused = labelled.length - usable.length;
  const note = unused > 0 ? ` ${unused} sentences want tools that do not ship, and were left out.` : '';
  return `${shipped} tools ship; ${usable.length} sentences.${note}\n\n${table}\n`;
}
