import { WordVectors } from '@patchbay/search';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { Catalogue } from '../../apps/tools/dist/toolkits/catalogue.js';
import { CatalogueIndex } from '../../apps/tools/dist/search/catalogue.index.js';
import { LocalEmbeddings } from '../../apps/tools/dist/search/local.embeddings.js';
import { readQuery } from '../../apps/tools/dist/search/query.js';
import { FEATURES, featuresOf, topWordsOf } from '../../apps/tools/dist/search/ranking.js';
import { labelledSentences } from './sentences.mjs';

/*
 * Fits the weights of `apps/tools/src/search/ranking.ts` on the tuned half of the sentences, and says what they are
 * worth on the other: `node bench/search/fit.mjs`. Softmax over each sentence's candidates, by gradient descent.
 */
const STEPS = 400;
const STEP = 0.1;
/** Keeps small what few sentences say little about. */
const DECAY = 0.003;

const sentences = await readSentences();
for (const withEmbeddings of [true, false]) {
  const used = FEATURES.map((feature) => withEmbeddings || feature !== 'similarity');
  const weights = fit(
    sentences.filter(({ half }) => half === 'tuned'),
    used,
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = FEATURES.map((feature, at) => `${feature}: ${(weights[at] / whole).toFixed(3)}`);
  process.stdout.write(`${withEmbeddings ? 'with embeddings' : 'by words'}: { ${shares.join(', ')} }\n`);
  for (const half of ['tuned', 'held out', 'later']) {
    const of = sentences.filter((sentence) => sentence.half === half);
    const found = of.filter(({ choices }) => rankOfRight(choices, weights) < 5).length;
    process.stdout.write(`  recall@5, ${half}: ${(found / of.length).toFixed(3)}\n`);
  }
}

async function readSentences() {
  const catalogue = new Catalogue(SHIPPED_TOOLKITS);
  const index = new CatalogueIndex(catalogue);
  const embeddings = new LocalEmbeddings(await WordVectors.read());
  await index.embed(embeddings);
  const slugOf = ({ document }) => catalogue.entries[document].definition.slug;
  const read = [];
  for (const { sentence, right, half } of await labelledSentences()) {
    const query = readQuery(sentence, [index]);
    const candidates = index.tools.candidates(query, await embeddings.ofQuery(query.sentence));
    const top = topWordsOf(candidates);
    const choices = candidates.map((candidate) => ({
      values: featuresOf(candidate, top),
      prior: candidate.prior,
      isRight: right.includes(slugOf(candidate)),
    }));
    if (choices.some(({ isRight }) => isRight)) read.push({ half, choices });
  }
  return read;
}

/** Adam, from nothing. */
function fit(examples, used) {
  const weights = used.map(() => 0);
  const mean = used.map(() => 0);
  const square = used.map(() => 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const slope = slopeOf(examples, weights);
    for (const [at, isUsed] of used.entries()) {
      if (!isUsed) continue;
      const value = slope[at] / examples.length + DECAY * weights[at];
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
