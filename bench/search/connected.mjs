import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { functionsOf } from './functions.mjs';
import { randomFrom } from './distractors.mjs';
import { labelledSentences } from './sentences.mjs';
import { catalogueOf, patchbaySearch } from './subjects.mjs';

/*
 * How much a toolkit may gain that can be called at once: `node bench/search/connected.mjs`. Of each sentence's right tools
 * those of one toolkit are connected, with four toolkits that are not meant; or five that are not meant alone.
 */
const TRIED = ['0', '0.01', '0.02', '0.03', '0.05', '0.08', '0.12'];
const OTHERS = 4;

if (process.env['READY'] === undefined) await compare();
else process.stdout.write(`${JSON.stringify(await measure())}\n`);

async function compare() {
  const head = ['gain', 'set', 'one is meant: @1', '@5', 'none is meant: @1', '@5'];
  process.stdout.write(`| ${head.join(' | ')} |\n| ${head.map(() => '---:').join(' | ')} |\n`);
  for (const ready of TRIED) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', new URL('without.mjs', import.meta.url).href, fileURLToPath(import.meta.url)],
      { env: { ...process.env, READY: ready } },
    );
    for (const [set, shares] of Object.entries(JSON.parse(stdout))) {
      const cells = [ready, set, ...shares.map((share) => share.toFixed(3))];
      process.stdout.write(`| ${cells.join(' | ')} |\n`);
    }
  }
}

async function measure() {
  const shipped = catalogueOf();
  const measured = {
    shipped: await sharesOf(await patchbaySearch(shipped), shipped, await labelledSentences()),
  };
  for (const [set, spread] of [['bfcl', 100], ['strangers']]) {
    const { toolkits, labelled } = await functionsOf(set, { spread });
    // As if each wanted an account: one that wants none can be called at once as well.
    const own = toolkits.map((toolkit) => ({ ...toolkit, auth: [] }));
    const search = await patchbaySearch(shipped, { own, within: own.map(({ slug }) => slug) });
    const entries = own.flatMap(({ slug, tools }) =>
      tools.map((tool) => ({ definition: { slug: tool.slug, toolkit: { slug } } })),
    );
    measured[set] = await sharesOf(search, entries, labelled);
  }
  return measured;
}

/** Of how many the first, and one of the first five, is right and of the toolkit that is connected; and is right at all. */
async function sharesOf({ find }, entries, labelled) {
  const toolkitOf = new Map(entries.map(({ definition }) => [definition.slug, definition.toolkit.slug]));
  const all = [...new Set(toolkitOf.values())];
  const random = randomFrom(20261130);
  const others = (right, count) => {
    const picked = new Set();
    while (picked.size < count) {
      const slug = all[Math.floor(random() * all.length)];
      if (!right.includes(slug)) picked.add(slug);
    }
    return [...picked];
  };
  const meant = { total: 0, first: 0, five: 0 };
  const unmeant = { total: 0, first: 0, five: 0 };
  const count = (counts, slugs, right) => {
    counts.total += 1;
    if (right.includes(slugs[0])) counts.first += 1;
    if (slugs.slice(0, 5).some((slug) => right.includes(slug))) counts.five += 1;
  };
  for (const { sentence, right } of labelled) {
    const toolkits = [...new Set(right.map((slug) => toolkitOf.get(slug)).filter(Boolean))];
    if (toolkits.length === 0) continue;
    for (const toolkit of toolkits) {
      const connected = [toolkit, ...others(toolkits, OTHERS)];
      count(
        meant,
        await find(sentence, 5, connected),
        right.filter((slug) => toolkitOf.get(slug) === toolkit),
      );
    }
    count(unmeant, await find(sentence, 5, others(toolkits, OTHERS + 1)), right);
  }
  return [meant, unmeant].flatMap(({ total, first, five }) => [first / total, five / total]);
}
