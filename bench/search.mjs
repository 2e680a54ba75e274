import { parseArgs } from 'node:util';
import { Catalogue } from '../apps/tools/dist/toolkits/catalogue.js';
import { distractors } from './search/distractors.mjs';
import { functionsOf } from './search/functions.mjs';
import { bytesInUse, recallOf, speedOf } from './search/measures.mjs';
import { reportFunctions, reportSizes } from './search/report.mjs';
import { irrelevantSentences, labelledSentences } from './search/sentences.mjs';
import { candidatesOf, catalogueOf, denseSearch, patchbaySearch, plainSearch } from './search/subjects.mjs';

/*
 * How well and how fast tools are found: `npm run bench:search`. Patchbay's search beside plain BM25 and beside its own word
 * vectors alone, in one run: over what ships, filled up with tools made of other tools' words, and over tools of strangers
 * that a project added.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,20000,100000' },
    /** Leave out what strangers' functions and `nothing fits` are worth, and print sizes alone. */
    'sizes-only': { type: 'boolean', default: false },
    /** Print the sentences whose tool is not among the first five, of one half. */
    misses: { type: 'string' },
  },
});
const SUBJECTS = [plainSearch, denseSearch, patchbaySearch];
/** One server with all functions, or so many with some each. */
const MANY = 100;

const shipped = catalogueOf();
const labelled = await labelledSentences();
const there = new Set(shipped.map(({ definition }) => definition.slug));
const usable = labelled.filter(({ right }) => right.some((slug) => there.has(slug)));

if (!values['sizes-only']) {
  const ofFunctions = [];
  for (const [set, spread] of [['bfcl'], ['bfcl', MANY], ['strangers']])
    ofFunctions.push(...(await measureSet(set, spread)));
  process.stdout.write(`${reportFunctions(ofFunctions)}\n`);
  process.stdout.write(`${await measureNo()}\n\n`);
}

const ofSizes = [];
for (const size of values.sizes.split(',').filter(Boolean).map(Number)) {
  const tools = candidatesOf(shipped, usable, size, distractors);
  process.stderr.write(`${tools.length} tools …\n`);
  for (const subject of SUBJECTS) ofSizes.push(await measureSize(subject, tools));
}
process.stdout.write(reportSizes(ofSizes, { shipped: shipped.length, labelled, usable }));

/** In a function of its own, so that nothing of one subject is still held when the next one is weighed. */
async function measureSize(subject, tools) {
  const before = await bytesInUse();
  const search = await subject(tools);
  const megabytes = ((await bytesInUse()) - before) / 1e6;
  const recall = await recallOf(search.find, usable, values.misses);
  const speed = await speedOf(search, usable);
  return { tools: tools.length, subject: search.name, megabytes, recall, speed };
}

/** How often it is said rightly and wrongly that nothing fits. */
async function measureNo() {
  const { find } = await patchbaySearch(shipped);
  const countNo = async (sentences) => {
    let said = 0;
    for (const sentence of sentences) if ((await find(sentence, 1)).length === 0) said += 1;
    return said;
  };
  const unserved = await irrelevantSentences();
  const rightly = await countNo(unserved);
  const wrongly = await countNo(usable.map(({ sentence }) => sentence));
  return `"Nothing fits": ${rightly} of ${unserved.length} that no tool serves, ${wrongly} of ${usable.length} that one does.`;
}

async function measureSet(set, spread) {
  const { toolkits, labelled: sentences } = await functionsOf(set, { spread });
  const added = toolkits.length === 1 ? 'one toolkit' : `${toolkits.length} toolkits`;
  const { entries } = new Catalogue(toolkits);
  const within = toolkits.map(({ slug }) => slug);
  const searches = [
    ['in them', await plainSearch(entries)],
    ['in them', await denseSearch(entries)],
    ['in them', await patchbaySearch(shipped, { own: toolkits, within })],
    ['in all', await patchbaySearch(shipped, { own: toolkits })],
  ];
  const rows = [];
  for (const [asked, { name, find }] of searches) {
    rows.push({ set, added, asked, subject: name, recall: await recallOf(find, sentences, values.misses) });
  }
  return rows;
}
