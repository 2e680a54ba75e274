import type { MostUsed } from '../popularity.js';
import type { ToolkitSpec } from '../toolkit.js';

const SERVED_BY = {
  written: 'written by hand',
  imported: 'imported',
  vendor_mcp: "the vendor's MCP server",
};

/** `docs/most-used-toolkits.md`: how each of the toolkits that are used most is served. */
export function listMostUsed(
  shipped: readonly ToolkitSpec[],
  { origin, readOn, toolkits, notServed }: MostUsed,
): string {
  const bySlug = new Map(shipped.map((toolkit) => [toolkit.slug, toolkit]));
  const rows = toolkits.map(([slug, name], at) => {
    const toolkit = bySlug.get(slug);
    const vendors = bySlug.get(`${slug}_mcp`);
    const { grade, triedOn } = toolkit?.quality ?? {};
    return [
      at + 1,
      `\`${slug}\``,
      name,
      grade
        ? SERVED_BY[grade] + (vendors ? `; the vendor's MCP server as \`${vendors.slug}\`` : '')
        : `no: ${notServed[slug] ?? 'not yet'}`,
      grade ?? '',
      toolkit ? (triedOn ?? 'not yet') : '',
      toolkit?.server ? 'with the first account' : (toolkit?.tools.length ?? ''),
    ];
  });
  const count = (grade: string) => shipped.filter(({ quality }) => quality?.grade === grade).length;
  const served = toolkits.filter(([slug]) => bySlug.has(slug)).length;
  return `# The toolkits that are used most

Written by \`npm run toolkit:import -- --table\`; do not edit. Order: ${origin} (${readOn}). What the grades mean:
[toolkits](toolkits.md#how-good-a-toolkit-is).

${shipped.length} toolkits ship: ${count('written')} written by hand, ${count('imported')} imported, ${count('vendor_mcp')} by the MCP server of their vendor. Of the ${toolkits.length} that are used most, ${served}
are among them; the others can be added to a project [from a document or an MCP server](toolkits.md#toolkits-of-a-projects-own).

| | toolkit | name | served | grade | tried | tools |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
