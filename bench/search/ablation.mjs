import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PARTS } from './without.mjs';

/*
 * What each part of search is worth: `node bench/search/ablation.mjs`, or of some: `… synonyms spelling`. The service's own code runs without it, weights
 * and all else as they are; recall@5 by set, over both halves.
 */
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const named = process.argv.slice(2);
const SETS = ['shipped', 'bfcl', 'bfcl, spread', 'strangers'];

process.stdout.write(`| without | ${SETS.join(' | ')} |\n| --- | ${SETS.map(() => '---:').join(' | ')} |\n`);
for (const part of named.length > 0 ? named : ['nothing', ...Object.keys(PARTS)]) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', here('without.mjs'), here('recall.mjs')],
    { env: { ...process.env, WITHOUT: part } },
  );
  const recalls = JSON.parse(stdout);
  process.stdout.write(`| ${part} | ${SETS.map((set) => recalls[set].all[1].toFixed(3)).join(' | ')} |\n`);
}
