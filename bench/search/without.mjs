import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const SEARCH = 'libs/search/dist/';
const TOOLS = 'apps/tools/dist/search/';

/** What takes a part out of search: in which file, which words of it become which. */
export const PARTS = {
  'stop words': [`${SEARCH}words.js`, '!STOP_WORDS.has(word)', 'true'],
  stemming: [`${SEARCH}words.js`, 'stemmer(word)', 'word'],
  fields: [`${SEARCH}lexical.index.js`, 'counts[name] / length', '1 / length'],
  'parameter descriptions': [`${TOOLS}tool.text.js`, 'details: isOwn', 'details: false'],
  synonyms: [`${SEARCH}synonyms.js`, 'expansions.get(stem)', 'undefined'],
  phrases: [`${SEARCH}phrases.js`, '= firstMatch(words, at, spoken)', '= undefined'],
  spelling: [`${SEARCH}spelling.js`, 'word.length < SHORTEST', 'true'],
  intent: [`${TOOLS}ranking.js`, /\bfits: [\d.]+/g, 'fits: 0'],
  'how much of the query': [`${TOOLS}ranking.js`, /\bcovered: [\d.]+/g, 'covered: 0'],
  'how much of the name': [`${TOOLS}ranking.js`, /\bsaid: [\d.]+/g, 'said: 0'],
  'short names': [`${TOOLS}ranking.js`, /\bbrevity: [\d.]+/g, 'brevity: 0'],
  'most used': [`${TOOLS}ranking.js`, /\bimportant: [\d.]+/g, 'important: 0'],
  'same names': [`${TOOLS}ranking.js`, 'SAME_NAME ** before', '1'],
  'word vectors': [`${TOOLS}ranking.js`, 'similarity !== 0', 'similarity > 1'],
  'words, so vectors alone': [
    `${TOOLS}ranking.js`,
    /\b(words|covered|said|brevity|important|fits): [\d.]+/g,
    '$1: 0',
  ],
};

const part = PARTS[process.env['WITHOUT']];
if (part) leaveOut(...part);
/** What a toolkit gains that can be called at once, where another value than the service's own is tried. */
const ready = process.env['READY'];
// Written otherwise than there, as what changes nothing is taken for a mistake.
if (ready) leaveOut(`${TOOLS}ranking.js`, /\bREADY = [\d.]+/g, `READY = +${ready}`);

function leaveOut(file, words, instead) {
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith(file)) return next(url, context);
      const source = readFileSync(fileURLToPath(url), 'utf8');
      const left = source.replaceAll(words, instead);
      if (left === source) throw new Error(`${file} does not say ${words}`);
      return { format: 'module', source: left, shortCircuit: true };
    },
  });
}
