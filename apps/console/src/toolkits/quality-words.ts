import type { Answer } from '@patchbay/client';

type Quality = NonNullable<Answer<'getToolkit'>['quality']>;

const GRADES: Record<Quality['grade'], string> = {
  written: 'Written by hand, and checked against the document of its provider',
  imported: 'Imported from a description of its API',
  vendor_mcp: 'The MCP server of its vendor',
};

/** What is known of how good a toolkit is, in a sentence. */
export function qualityWords({ grade, tried_on: triedOn, source, source_read_on: readOn }: Quality): string {
  const tried = triedOn ? `tried on ${triedOn}` : 'not yet tried with the living provider';
  const from = source ? `. From ${source}${readOn ? ` (${readOn})` : ''}` : '';
  return `${GRADES[grade]}, ${tried}${from}.`;
}
