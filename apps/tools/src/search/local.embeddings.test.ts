import { beforeAll, describe, expect, it } from 'vitest';
import { WordVectors } from '@patchbay/search';
import { skiesOf } from '../../test/skies.js';
import { ProjectCatalogue } from '../toolkits/project.catalogue.js';
import { LocalEmbeddings } from './local.embeddings.js';
import { SearchService } from './search.service.js';

let embeddings: LocalEmbeddings;
beforeAll(async () => {
  embeddings = new LocalEmbeddings(await WordVectors.read());
});

describe('local embeddings', () => {
  it('of several texts are those of each', async () => {
    const texts = Array.from({ length: 600 }, (_, at) => ['send a mail', 'list issues', ''][at % 3] ?? '');
    const { vectors, dimensions } = await embeddings.ofTexts(texts);
    for (const at of [0, 1, 2, 300, 599]) {
      const own = vectors.subarray(at * dimensions, (at + 1) * dimensions);
      expect(own).toEqual(await embeddings.ofQuery(texts[at] ?? ''));
    }
  });

  it('are of length one times 127', async () => {
    const vector = await embeddings.ofQuery('send a mail');
    expect(Math.hypot(...vector) / 127).toBeCloseTo(1, 1);
  });

  it('find a tool of which the query has no word', async () => {
    const catalogue = skiesOf(['The rain that falls at a place.', 'The moons of a planet.']);
    const search = new SearchService(catalogue, embeddings);
    await search.embedded;
    const found = await search.find(new ProjectCatalogue([{ catalogue }]), 'raining outside');
    expect(found.map(({ definition }) => definition.slug)).toContain('SKIES_TELL_0');
  });
});
