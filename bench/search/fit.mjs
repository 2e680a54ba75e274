import { WordVectors } from '@patchbay/search';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { Catalogue } from '../../apps/tools/dist/toolkits/catalogue.js';
import { CatalogueIndex } from '../../apps/tools/dist/search/catalogue.index.js';
import { LocalEmbeddings } from '../../apps/tools/dist/search/local.embeddings.js';
import { readQuery } from '../../apps/tools/dist/search/query.js';
import { FEATURES, featuresOf, topWordsOf } from '../../apps/tools/dist/search/ranking.js';
import { functionsOf } from './functions.mjs';
import { labelledSentences } from './sentences.mjs';

/*
 * Fits the weights of `apps/tools/src/search/ranking.ts` on the tuned halves of two sets, the tools that ship and strangers'
 * functions, and says what they are worth on all others: `node bench/search/fit.mjs`. Softmax over each sentence's
 * candidates, by gradient descent; both sets count alike, however many sentences they have.
 */
/** So many candidates of a sentence are told apart. */
const RIVALS = 40;
const TUNED_BY = ['shipped', 'bfcl'];
const STEPS = 200;
const STEP = 0.1;
/** Keeps small what few sentences say little about. */
const DECAY = 0.003;

const sets = await readSets();
const tuned = TUNED_BY.map((name) => sets.get(name).filter(({ half }) => half === 'tuned'));
for (const withEmbeddings of [true, false]) {
  const used = FEATURES.map((feature) => withEmbeddings || feature !== 'similarity');
  const weights = fit(tuned, used);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = FEATURES.map((feature, at) => `${feature}: ${(weights[at] / whole).toFixed(3)}`);
  process.stdout.write(`${withEmbeddings ? 'with embeddings' : 'by words'}: { ${shares.join(', ')} }\n`);
  for (const [name, sentences] of sets) {
    for (const [half, of] of Map.groupBy(sentences, (sentence) => sentence.half)) {
      const found = of.filter(({ choices }) => rankOfRight(choices, weights) < 5).length;
      process.stdout.write(`  recall@5, ${name}, ${half}: ${(found / of.length).toFixed(3)}\n`);
    }
  }
}

async function readSets() {
  const embeddings = new LocalEmbeddings(await WordVectors.read());
  const shipped = new CatalogueIndex(new Catalogue(SHIPPED_TOOLKITS));
  await shipped.embed(embeddings);
  const read = new Map([['shipped', await choicesOf(shipped, await labelledSentences(), embeddings)]]);
  for (const file of ['bfcl', 'strangers']) {
    const { toolkits, labelled } = await functionsOf(file);
    const own = new CatalogueIndex(new Catalogue(toolkits), shipped);
    await own.embed(embeddings);
    read.set(file, await choicesOf(own, labelled, embeddings));
  }
  return read;
}

async function choicesOf(index, labelled, embeddings) {
  const slugOf = ({ document }) => index.catalogue.entries[document].definition.slug;
  const read = [];
  for (const { sentence, right, half } of labelled) {
    const query = readQuery(sentence, [index]);
    const candidates = index.tools.candidates(query, await embeddings.ofQuery(query.sentence));
    const top = topWordsOf(candidates);
    const choices = candidates
      .map((candidate) => ({
        values: featuresOf(candidate, top),
        prior: candidate.prior,
        isRight: right.includes(slugOf(candidate)),
      }))
      .toSorted((a, b) => promiseOf(b) - promiseOf(a))
      .filter(({ isRight }, place) => isRight || place < RIVALS);
    if (choices.some(({ isRight }) => isRight)) read.push({ half, choices });
  }
  return read;
}

/** Of hundreds, only those that could come first teach anything. */
function promiseOf({ values, prior }) {
  return prior * values.reduce((sum, value) => sum + value, 0);
}

/** Adam, from nothing. */
function fit(sets, used) {
  const weights = used.map(() => 0);
  const mean = used.map(() => 0);
  const square = used.map(() => 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const slopes = sets.map((examples) => slopeOf(examples, weights).map((value) => value / examples.length));
    for (const [at, isUsed] of used.entries()) {
      if (!isUsed) continue;
      const value = slopes.reduce((sum, slope) => sum + slope[at], 0) + DECAY * weights[at];
      mean[at] = 0.9 * mean[at] + 0.1 * value;
      square[at] = 0.99 * square[at] + 0.01 * value * value;
      const change = mean[at] / (1 - 0.9 ** step) / (Math.sqrt(square[at] / (1 - 0.99 ** step)) + 1e-8);
      // What speaks for a tool cannot speak against it.
      weights[at] = Math.max(0, weights[at] - STEP * change);
    }
  }
  return weights;
}

/** Of how unlikely the right tools are among all of the candidates. */
function slopeOf(examples, weights) {
  const slope = weights.map(() => 0);
  for (const { choices } of examples) {
    const scores = choices.map((choice) => scoreOf(choice, weights));
    const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
    const odds = scores.map((score) => Math.exp(score - highest));
    const all = odds.reduce((sum, odd) => sum + odd, 0);
    const right = odds.reduce((sum, odd, at) => sum + (choices[at].isRight ? odd : 0), 0);
    for (const [at, { values, prior, isRight }] of choices.entries()) {
      const pull = odds[at] / all - (isRight ? odds[at] / right : 0);
      for (const [feature, value] of values.entries()) slope[feature] += pull * value * prior;
    }
  }
  return slope;
}

function scoreOf({ values, prior }, weights) {
  return prior * values.reduce((sum, value, at) => sum + value * weights[at], 0);
}

function rankOfRight(choices, weights) {
  const scores = choices.map((choice) => scoreOf(choice, weights));
  const best = Math.max(...scores.filter((_, at) => choices[at].isRight));
  return scores.filter((score) => score > best).length;
}
