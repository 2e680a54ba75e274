import { WordVectors } from '@patchbay/search';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import MiniSearch from 'minisearch';
import { Catalogue } from '../../apps/tools/dist/toolkits/catalogue.js';
import { ProjectCatalogue } from '../../apps/tools/dist/toolkits/project.catalogue.js';
import { LocalEmbeddings } from '../../apps/tools/dist/search/local.embeddings.js';
import { DenseIndex } from '../../apps/tools/dist/search/dense.index.js';
import { SearchService } from '../../apps/tools/dist/search/search.service.js';
import { sentenceOf } from '../../apps/tools/dist/search/tool.text.js';

/** Those near by their codes, of which the first are told by their vectors. */
const NEAREST = 300;

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
export async function patchbaySearch(entries, { own, within } = {}) {
  const catalogue = catalogueOfEntries(entries);
  const service = new SearchService(catalogue, new LocalEmbeddings(await WordVectors.read()));
  await service.embedded;
  const added = own && new Catalogue(own);
  const all = new ProjectCatalogue([{ catalogue }, ...(added ? [{ catalogue: added }] : [])]);
  await service.embeddedAll(all);
  const slugs = (found) => found.map(({ definition }) => definition.slug);
  return {
    name: 'Patchbay',
    /** @param connected toolkits of which the user has an account */
    find: async (sentence, limit, connected) =>
      slugs((await service.find(all, sentence, { toolkits: within, connected })).slice(0, limit)),
  };
}

function catalogueOfEntries(entries) {
  const catalogue = new Catalogue([]);
  // The service's own classes, over tools of our choosing.
  return Object.assign(catalogue, { entries, toolkits: toolkitsOf(entries) });
}

/** The word vectors of the service without its words: the nearest of all tools. */
export async function denseSearch(entries) {
  const embeddings = new LocalEmbeddings(await WordVectors.read());
  const { vectors, dimensions } = await embeddings.ofTexts(
    entries.map(({ definition }) => sentenceOf(definition)),
  );
  const index = new DenseIndex(vectors, dimensions);
  return {
    name: 'Word vectors',
    find: async (sentence, limit) => {
      const vector = await embeddings.ofQuery(sentence);
      return index
        .near(vector, NEAREST)
        .map((document) => ({ document, similarity: index.similarity(vector, document) }))
        .toSorted((a, b) => b.similarity - a.similarity)
        .slice(0, limit)
        .map(({ document }) => entries[document].definition.slug);
    },
  };
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
  };
}
