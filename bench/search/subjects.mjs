import { createLogger } from '@patchbay/service';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import MiniSearch from 'minisearch';
import { Catalogue } from '../../apps/tools/dist/toolkits/catalogue.js';
import { ProjectCatalogue } from '../../apps/tools/dist/toolkits/project.catalogue.js';
import { LocalEncoder, LOCAL_MODEL } from '../../apps/tools/dist/search/local.encoder.js';
import { EmbeddingCache } from '../../apps/tools/dist/search/embedding.cache.js';
import { SearchService } from '../../apps/tools/dist/search/search.service.js';
import { quantise } from '../../apps/tools/dist/search/dense.index.js';
import { sentenceOf } from '../../apps/tools/dist/search/tool.text.js';
import { hashOf, readVectors } from '../../apps/tools/dist/search/vectors.file.js';

const PREPARED = new URL('../../apps/tools/dist/search/tools.vectors', import.meta.url);
const logger = createLogger('bench', 'warn');

export function catalogueOf() {
  return new Catalogue(SHIPPED_TOOLKITS).entries;
}

/** A catalogue of the size: what the sentences want first, then what ships, then made-up tools. */
export function candidatesOf(shipped, labelled, size, distractors) {
  const wanted = new Set(labelled.flatMap(({ right }) => right));
  const first = shipped.filter(({ definition }) => wanted.has(definition.slug));
  const rest = shipped.filter(({ definition }) => !wanted.has(definition.slug));
  const real = [...first, ...everyNth(rest, Math.max(0, size - first.length))];
  return [...real, ...distractors(shipped, size - real.length)];
}

function everyNth(list, count) {
  if (count >= list.length) return list;
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]);
}

/** The search of the service itself. */
export async function patchbaySearch(entries) {
  const catalogue = new Catalogue([]);
  // The service's own classes, over tools of our choosing.
  Object.assign(catalogue, { entries, toolkits: toolkitsOf(entries) });
  const encoder = new LocalEncoder();
  const vectors = await readVectors(PREPARED, LOCAL_MODEL);
  for (const { definition, madeOf } of entries) {
    if (madeOf) vectors.set(hashOf(sentenceOf(definition)), between(madeOf, vectors));
  }
  const embeddings = new EmbeddingCache(encoder, vectors, logger);
  const service = new SearchService(catalogue, embeddings);
  await service.embedded;
  const all = new ProjectCatalogue([{ catalogue }]);
  const slugs = (found) => found.map(({ definition }) => definition.slug);
  return {
    name: 'Patchbay',
    find: async (sentence, limit) => slugs((await service.find(all, sentence)).slice(0, limit)),
    // Another query each time, so that its embedding is not cached.
    fresh: (sentence, round) => `${sentence} number ${round}`,
    close: () => encoder.close(),
  };
}

/**
 * The embedding of a made-up tool: something between the two tools that it was made of. To have the model read
 * 100,000 of them would take a quarter of an hour, and change little.
 */
function between([thing, verb], vectors) {
  const [a, b] = [thing, verb].map((definition) => vectors.get(hashOf(sentenceOf(definition))));
  return quantise(Float32Array.from(a, (value, at) => 2 * value + b[at] + 30 * Math.sin(value * b[at] + at)));
}

function toolkitsOf(entries) {
  const bySlug = new Map(entries.map(({ definition }) => [definition.toolkit.slug, definition.toolkit]));
  return [...bySlug.values()];
}

/** What one gets from a search library without thinking about it. */
export async function plainSearch(entries) {
  const index = new MiniSearch({ idField: 'slug', fields: ['slug', 'name', 'description', 'toolkit'] });
  index.addAll(
    entries.map(({ definition: { slug, name, description, toolkit } }) => ({
      slug,
      name,
      description,
      toolkit: toolkit.name,
    })),
  );
  return {
    name: 'BM25 (minisearch)',
    find: async (sentence, limit) =>
      index
        .search(sentence)
        .slice(0, limit)
        .map(({ id }) => id),
    fresh: (sentence) => sentence,
    close: async () => {},
  };
}
