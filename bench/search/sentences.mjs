import { readFile } from 'node:fs/promises';

/** What people say and the tools that are right for it; every other line is held out. */
export async function labelledSentences() {
  const lines = (await readFile(new URL('./sentences.tsv', import.meta.url), 'utf8')).trim().split('\n');
  return lines.map((line, index) => {
    const [sentence = '', slugs = ''] = line.split('\t');
    return { sentence, right: slugs.split(' '), half: index % 2 === 0 ? 'tuned' : 'held out' };
  });
}
