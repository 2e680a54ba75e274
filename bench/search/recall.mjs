import { functionsOf } from './functions.mjs';
import { recallOf } from './measures.mjs';
import { labelledSentences } from './sentences.mjs';
import { catalogueOf, patchbaySearch } from './subjects.mjs';

/* One line of JSON: recall@5 of search by set. `ablation.mjs` runs it once for each part that it leaves out. */
const shipped = catalogueOf();
const recalls = {};
const { find } = await patchbaySearch(shipped);
recalls.shipped = await recallOf(find, await labelledSentences());
for (const [set, spread] of [['bfcl'], ['bfcl', 100], ['strangers']]) {
  const { toolkits, labelled } = await functionsOf(set, { spread });
  const own = await patchbaySearch(shipped, { own: toolkits, within: toolkits.map(({ slug }) => slug) });
  recalls[spread ? `${set}, spread` : set] = await recallOf(own.find, labelled);
}
process.stdout.write(`${JSON.stringify(recalls)}\n`);
