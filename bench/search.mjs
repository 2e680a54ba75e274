import { parseArgs } from 'node:util';
import { candidatesOf, catalogueOf, patchbaySearch, plainSearch } from './search/subjects.mjs';
import { distractors } from './search/distractors.mjs';
import { bytesInUse, recallOf, speedOf } from './search/measures.mjs';
import { reportSearch } from './search/report.mjs';
import { labelledSentences } from './search/sentences.mjs';

/*
 * How well and how fast tools are found: `npm run bench:search`. Patchbay's search beside plain BM25, in one
 * run, over the catalogue that ships, filled up with tools made of other tools' words.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,20000,100000' },
    /** Print the sentences whose tool is not among the first five, of one half. */
    misses: { type: 'string' },
  },
});

const shipped = catalogueOf();
const labelled = await labelledSentences();
const there = new Set(shipped.map(({ definition }) => definition.slug));
const usable = labelled.filter(({ right }) => right.some((slug) => there.has(slug)));

const rows = [];
for (const size of values.sizes.split(',').map(Number)) {
  const tools = candidatesOf(shipped, usable, size, distractors);
  process.stderr.write(`${tools.length} tools …\n`);
  for (const subject of [plainSearch, patchbaySearch]) rows.push(await measure(subject, tools));
}
process.stdout.write(reportSearch(rows, { shipped: shipped.length, labelled, usable }));

/** In a function of its own, so that nothing of one subject is still held when the next one is weighed. */
async function measure(subject, tools) {
  const before = await bytesInUse();
  const search = await subject(tools);
  const megabytes = ((await bytesInUse()) - before) / 1e6;
  const recall = await recallOf(search.find, usable, values.misses);
  const speed = await speedOf(search, usable);
  return { tools: tools.length, subject: search.name, megabytes, recall, speed };
}
