const share = (value) => (value === undefined ? '' : value.toFixed(3));
const ms = ({ p50, p99 }) => `${p50.toFixed(2)} / ${p99.toFixed(2)}`;

/** Of the tools that ship, at sizes. */
export function reportSizes(rows, { shipped, labelled, usable }) {
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
  const unused = labelled.length - usable.length;
  const note = unused > 0 ? ` ${unused} sentences want tools that do not ship, and were left out.` : '';
  return `${shipped} tools ship; ${usable.length} sentences.${note}\n\n${table(head, lines)}\n`;
}

/** Of strangers' tools, which a project added. */
export function reportFunctions(rows) {
  const head = [
    'set',
    'added as',
    'asked',
    'search',
    'recall@1',
    '@5',
    '@10',
    '@5 tuned',
    '@5 held out',
    'several @10',
  ];
  const lines = rows.map(({ set, added, asked, subject, recall }) => [
    set,
    added,
    asked,
    subject,
    ...recall.all.map(share),
    share(recall.tuned?.[1]),
    share(recall['held out']?.[1]),
    share(recall.several),
  ]);
  return `${table(head, lines)}\n`;
}

function table(head, lines) {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
