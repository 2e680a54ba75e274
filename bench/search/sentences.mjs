import { readFile } from 'node:fs/promises';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';

const shipped = new Set(SHIPPED_TOOLKITS.flatMap(({ tools }) => tools.map(({ slug }) => slug)));

/**
 * What people say and the tools that are right for it. Every other line of the first file is held out; those of the
 * second were written when all was settled.
 * @throws for a tool that does not ship, which nothing could find
 */
export async function labelledSentences() {
  const first = await linesOf('sentences.tsv');
  const later = await linesOf('later.tsv');
  return [
    ...first.map((line, index) => labelled(line, index % 2 === 0 ? 'tuned' : 'held out')),
    ...later.map((line) => labelled(line, 'later')),
  ];
}

/** What people say that no tool is for. */
export function irrelevantSentences() {
  return linesOf('irrelevant.txt');
}

async function linesOf(file) {
  return (await readFile(new URL(file, import.meta.url), 'utf8')).trim().split('\n');
}

function labelled(line, half) {
  const [sentence = '', slugs = ''] = line.split('\t');
  const right = slugs.split(' ');
  const unknown = right.filter((slug) => !shipped.has(slug));
  if (unknown.length > 0) throw new Error(`"${sentence}" names ${unknown.join(', ')}, which does not ship`);
  return { sentence, right, half };
}
