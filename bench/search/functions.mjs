import { readFile } from 'node:fs/promises';
import { toReading } from '../../apps/tools/dist/imports/mcp.import.js';
import { toInstalled } from '../../apps/tools/dist/project-toolkits/installed-toolkit.js';

const PRODUCTS = 'Acorn Birch Cedar Delta Ember Fjord Grove Harbor Iris Juniper'.split(' ');

/**
 * A public set of functions and of what users said to be given them, added as a project adds MCP servers. Several
 * functions of it may bear one name: each of them is right where one is.
 * @param spread over how many servers, where the set does not say whose they are
 */
export async function functionsOf(file, { spread = 1 } = {}) {
  const { tools, queries } = JSON.parse(
    await readFile(new URL(`data/${file}.json`, import.meta.url), 'utf8'),
  );
  const servers = Map.groupBy(tools, (tool, at) => tool.toolkit ?? serverOf(at, tools.length, spread));
  const slugsByName = new Map();
  const toolkits = [...servers].map(([name, functions]) => {
    const slug = `${file}_${name.toLowerCase().replaceAll(/\W+/g, '_')}`;
    const { definition } = toReading({ slug, name, url: `https://${file}.example/mcp` }, []);
    const taken = new Set();
    const made = functions.flatMap((one) => readAlone(slug, name, one, taken));
    for (const tool of made) {
      slugsByName.set(tool.upstreamName, [...(slugsByName.get(tool.upstreamName) ?? []), tool.slug]);
    }
    return toInstalled('pr_bench', { slug, version: '1' }, { ...definition, tools: made });
  });
  const labelled = queries.map(({ query, tools: wanted }) => {
    const names = [...new Set(wanted.map((at) => tools[at].name))];
    const each = names.map((name) => slugsByName.get(name) ?? []);
    return { sentence: query, right: each.flat(), each, half: halfOf(names[0]) };
  });
  return { toolkits, labelled };
}

/** One server takes each name once only, and so many tools: each is read as if it were alone. */
function readAlone(slug, server, { name, description, parameters }, taken) {
  const properties = Object.entries(parameters).map(([key, text]) => [
    key,
    { type: 'string', description: text },
  ]);
  const inputSchema = { type: 'object', properties: Object.fromEntries(properties) };
  const listed = { index: 0, name, description, inputSchema };
  const { tools } = toReading({ slug, name: server, url: 'https://bench.example/mcp' }, [listed]).definition;
  return tools.map((tool) => ({ ...tool, slug: freeSlug(tool.slug, taken) }));
}

function freeSlug(slug, taken) {
  let free = slug;
  for (let count = 2; taken.has(free); count += 1) free = `${slug.slice(0, 58)}_${count}`;
  taken.add(free);
  return free;
}

function serverOf(at, count, spread) {
  const number = Math.floor((at * spread) / count);
  return spread === 1 ? 'functions' : `${PRODUCTS[Math.floor(number / 10) % 10]} ${PRODUCTS[number % 10]}`;
}

/** Functions of one name are all in one half, so that none of a half was seen in the other. */
function halfOf(name) {
  let hash = 7;
  for (const character of name) hash = (Math.imul(hash, 31) + character.codePointAt(0)) | 0;
  return (hash >>> 4) % 2 === 0 ? 'tuned' : 'held out';
}
