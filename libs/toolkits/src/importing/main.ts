import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { SHIPPED_TOOLKITS } from '../catalogue.js';
import { DATA_FOLDER, readIndex, splitTools, type DataFile, type DataIndex } from '../data-file.js';
import { ImportRefusal } from '../openapi/document.js';
import type { ImportOutcome } from '../openapi/import.js';
import { MOST_USED } from '../popularity.js';
import { listSources } from './imported-list.js';
import { listMostUsed } from './most-used-list.js';
import { makeToolkit } from './make-toolkit.js';
import { readPublicSlugs } from './public-slugs.js';
import { readRecipe } from './recipe.js';
import { report, summary } from './report.js';
import { reportServed } from './served.js';

const MOST_USED_LIST = new URL('../../../../docs/most-used-toolkits.md', import.meta.url);
const RECIPES = new URL('../../recipes/', import.meta.url);
const USAGE = `Usage:
  npm run toolkit:import -- <slug>...               again, by recipes/<slug>.yaml
  npm run toolkit:import -- --all                   every recipe
  npm run toolkit:import -- <document> --slug acme  a new one, from a file or package@version/path/in/it.json
Options:
  --name <name>    of a new toolkit; default: the document's title
  --slugs <table>  public slugs to match, with columns toolkit, slug, name, as_of, successor, upstream
  --check          report only, write nothing
  --table          import nothing: write docs/most-used-toolkits.md again
  --served         import nothing: report which slugs of the table are served, and why the others are not`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean' },
    slug: { type: 'string' },
    name: { type: 'string' },
    slugs: { type: 'string' },
    check: { type: 'boolean' },
    served: { type: 'boolean' },
    table: { type: 'boolean' },
  },
});

const recipeOf = (slug: string) => new URL(`${slug}.yaml`, RECIPES);

function wantedSlugs(): string[] {
  const [document] = positionals;
  if (values.all)
    return readdirSync(RECIPES)
      .map((file) => file.replace(/\.yaml$/, ''))
      .sort();
  if (!values.slug) return positionals;
  if (!/^[a-z][a-z0-9_]*$/.test(values.slug)) throw new Error('--slug is lower case: letters, digits and _');
  if (document && !existsSync(recipeOf(values.slug))) {
    const { slug, name } = values;
    writeFileSync(recipeOf(slug), stringify({ document, ...(name && { name }), categories: ['other'] }));
  }
  return [values.slug];
}

async function importOne(slug: string): Promise<ImportOutcome> {
  const known = values.slugs ? readPublicSlugs(values.slugs, slug) : [];
  const { data, outcome } = await makeToolkit(slug, readRecipe(recipeOf(slug)), known, showProgress(slug));
  if (!values.check) write(slug, data, outcome);
  return outcome;
}

function write(slug: string, { tools, ...head }: DataFile, { refused }: ImportOutcome): void {
  const { heads, schemas } = splitTools(tools);
  const lines = (entries: unknown[]) => `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`;
  writeFileSync(new URL(`${slug}.json`, DATA_FOLDER), `{"tools":${lines(heads)}}\n`);
  writeFileSync(
    new URL(`schemas/${slug}.json`, DATA_FOLDER),
    `{"shared":${lines(schemas.shared)},\n"tools":${lines(schemas.tools)}}\n`,
  );
  // A toolkit whose recipe is gone is gone with it.
  const index: DataIndex = Object.fromEntries(
    Object.entries(readIndex()).filter(([known]) => existsSync(recipeOf(known))),
  );
  const reasons: Record<string, number> = {};
  for (const { reason } of refused) reasons[reason] = (reasons[reason] ?? 0) + 1;
  index[slug] = { ...head, operations: tools.length + refused.length, tools: tools.length, refused: reasons };
  const sorted = Object.fromEntries(Object.entries(index).sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync(new URL('index.json', DATA_FOLDER), `${JSON.stringify(sorted, null, 1)}\n`);
  writeFileSync(new URL('../IMPORTED.md', DATA_FOLDER), listSources(sorted));
}

function showProgress(slug: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done, total) => {
    process.stderr.write(`\r${slug}: ${done} of ${total} operations${done === total ? '\n' : ''}`);
  };
}

function listServed(table: string): void {
  for (const toolkit of SHIPPED_TOOLKITS) {
    const known = readPublicSlugs(table, toolkit.slug);
    const { slug } = toolkit;
    if (known.length === 0 || (positionals.length > 0 && !positionals.includes(slug))) continue;
    const recipe = existsSync(recipeOf(slug)) ? readRecipe(recipeOf(slug)) : undefined;
    console.log(reportServed(toolkit, known, recipe?.not_served ?? {}));
  }
}

if (values.served && values.slugs) listServed(values.slugs);
if (values.table) writeFileSync(MOST_USED_LIST, listMostUsed(SHIPPED_TOOLKITS, MOST_USED));
const slugs = values.served || values.table ? [] : wantedSlugs();
if (values.served ? !values.slugs : !values.table && slugs.length === 0) {
  console.log(USAGE);
  process.exitCode = 2;
}
for (const slug of slugs) {
  try {
    const outcome = await importOne(slug);
    console.log(values.all ? summary(slug, outcome) : report(slug, outcome));
  } catch (error) {
    if (!(error instanceof ImportRefusal)) throw error;
    console.error(`${slug} cannot be imported. ${error.message}`);
    process.exitCode = 1;
  }
}
