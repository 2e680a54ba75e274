import type { DataIndex, DocumentSource } from '../data-file.js';

/** `IMPORTED.md`: what was imported from which document, how old it is, and under what licence. */
export function listSources(index: DataIndex): string {
  const entries = Object.entries(index);
  const operations = entries.reduce((sum, [, entry]) => sum + entry.operations, 0);
  const tools = entries.reduce((sum, [, entry]) => sum + entry.tools, 0);
  const rows = entries.map(([slug, { source, ...entry }]) =>
    [
      slug,
      `${source.title}, ${source.version}`,
      (source.package || source.file) + drawnUpOf(source),
      source.published || 'unknown',
      licenceOf(source),
      signInOf(source),
      entry.operations,
      entry.tools,
      whyLeft(entry.refused),
    ]
      .map((cell) => String(cell).replaceAll('|', '/').replaceAll('\n', ' ').slice(0, 160))
      .join(' | '),
  );
  return `# Imported toolkits

Written by \`npm run toolkit:import\`; do not edit. What is imported are names, descriptions and schemas of
requests, out of documents that the providers publish for this use, and where one publishes none, out of one that was drawn
up after its documentation. A toolkit's recipe (\`recipes/\`) names its
document. Where it states no licence, its recipe may say where one was found; else the terms of the
provider stand here, if the document names them, and no more is known. ${entries.length} toolkits, ${operations} operations, ${tools} tools.

| toolkit | document, version | from | published | licence | sign-in from, as of | operations | tools | left out |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}
`;
}

function drawnUpOf({ drawnUp }: DocumentSource): string {
  return drawnUp ? `, drawn up by ${drawnUp.by} after ${drawnUp.after}` : '';
}

function licenceOf({ licence, terms }: DocumentSource): string {
  return licence || (terms ? `none stated; terms: ${terms}` : 'none stated');
}

function signInOf({ signIn }: DocumentSource): string {
  if (signIn === 'document') return 'the document';
  return signIn ? `${signIn.from}, ${signIn.readOn}` : 'not noted';
}

function whyLeft(refused: Record<string, number>): string {
  return Object.entries(refused)
    .map(([reason, count]) => `${count} ${reason}`)
    .join('; ');
}
