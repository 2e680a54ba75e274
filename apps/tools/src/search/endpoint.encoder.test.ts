import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '@patchbay/service';
import { eventually } from '@patchbay/testing';
import { skiesOf } from '../../test/skies.js';
import { ProjectCatalogue } from '../toolkits/project.catalogue.js';
import { EndpointEncoder } from './endpoint.encoder.js';
import { EmbeddingCache } from './embedding.cache.js';
import { SearchService } from './search.service.js';

interface Asked {
  path: string | undefined;
  key: string | undefined;
  model: string;
  input: string[];
}

/** What the endpoint does with a request: a body to answer, a status of trouble, or nothing for ever. */
type Behaviour = (asked: Asked) => object | number | 'nothing';

/** A sentence as a vector of the length: near to each other are those that are about rain, and those that are not. */
const vectorOf = (text: string, length: number) =>
  Array.from({ length }, (_, at) => (at === Number(/rain|drizzle/i.test(text)) ? 1 : 0.01));
const embeddings =
  (length: number): Behaviour =>
  ({ input }) => ({
    // An endpoint may answer in any order.
    data: input.map((text, index) => ({ index, embedding: vectorOf(text, length) })).toReversed(),
  });

let server: Server;
let asked: Asked[];
let behave: Behaviour;

beforeEach(async () => {
  asked = [];
  behave = embeddings(8);
  server = createServer((request, response) => {
    void json(request).then((body) => {
      const { model, input } = body as Asked;
      const one = { path: request.url, key: request.headers.authorization, model, input };
      asked.push(one);
      const answer = behave(one);
      if (answer === 'nothing') return;
      response.statusCode = typeof answer === 'number' ? answer : 200;
      response.end(typeof answer === 'number' ? 'trouble' : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

function encoderFor(timeLimitMs?: number): EndpointEncoder {
  const { port } = server.address() as AddressInfo;
  return new EndpointEncoder({
    url: `http://127.0.0.1:${port}/v1/`,
    model: 'small',
    apiKey: 'key-1',
    ...(timeLimitMs && { timeLimitMs }),
  });
}

describe('an embeddings endpoint', () => {
  it('is asked as OpenAI is, and its vectors are put in the order of the texts', async () => {
    expect(await encoderFor().encode(['rain', 'sun'])).toEqual([vectorOf('rain', 8), vectorOf('sun', 8)]);
    expect(asked).toEqual([
      { path: '/v1/embeddings', key: 'Bearer key-1', model: 'small', input: ['rain', 'sun'] },
    ]);
  });

  it('is given many texts in batches, and each of them once', async () => {
    behave = embeddings(1536);
    const cache = new EmbeddingCache(encoderFor(), createLogger('test', 'silent'));
    const texts = Array.from({ length: 450 }, (_, at) => `text ${at}`);
    expect(await cache.ofTexts(texts)).toMatchObject({ dimensions: 1536 });
    expect(asked.map(({ input }) => input.length)).toEqual([200, 200, 50]);
    await cache.ofTexts(texts);
    expect(asked).toHaveLength(3);
  });

  it.each<[string, Behaviour, RegExp]>([
    ['a status of trouble', () => 503, /answered 503/],
    ['something else', () => ({ object: 'list' }), /something else than embeddings/],
    ['too few vectors', () => ({ data: [{ index: 0, embedding: [1] }] }), /another number/],
    [
      'vectors of different lengths',
      () => ({ data: [[1], [1, 2]].map((embedding, index) => ({ index, embedding })) }),
      /different lengths/,
    ],
  ])('that answers %s is told of', async (_, behaviour, message) => {
    behave = behaviour;
    await expect(encoderFor().encode(['rain', 'sun'])).rejects.toThrow(message);
  });

  it('that does not answer is given up', async () => {
    behave = () => 'nothing';
    await expect(encoderFor(50).encode(['rain'])).rejects.toThrow(/did not answer within/);
  });
});

describe('search with an endpoint', () => {
  const catalogue = skiesOf(['How much rain falls.', 'How high the sun stands.']);
  const project = new ProjectCatalogue([{ catalogue }]);
  const logger = createLogger('test', 'silent');
  const search = () => new SearchService(catalogue, new EmbeddingCache(encoderFor(), logger));
  const slugs = async (service: SearchService, text: string) =>
    (await service.find(project, text)).map(({ definition }) => definition.slug);

  it('finds by what is meant', async () => {
    const service = search();
    await service.embedded;
    expect(await slugs(service, 'any drizzle')).toEqual(['SKIES_TELL_0']);
  });

  it('goes on by words alone while the endpoint is in trouble, says so once, and comes back', async () => {
    const warn = vi.spyOn(logger, 'warn');
    let later = 0;
    const now = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => now() + later);
    behave = () => 500;
    const service = search();
    await service.embedded;
    expect(await slugs(service, 'the sun')).toEqual(['SKIES_TELL_1']);
    expect(await slugs(service, 'any drizzle')).toEqual([]);
    expect(warn).toHaveBeenCalledTimes(1);

    behave = embeddings(8);
    const before = asked.length;
    expect(await slugs(service, 'any drizzle')).toEqual([]);
    expect(asked).toHaveLength(before);
    later = 60_000;
    await eventually(async () => expect(await slugs(service, 'any drizzle')).toEqual(['SKIES_TELL_0']));
  });

  it('does not let a query wait for an endpoint that hangs', async () => {
    const service = search();
    await service.embedded;
    behave = () => 'nothing';
    expect(await slugs(service, 'the sun')).toEqual(['SKIES_TELL_1']);
  });

  it('leaves vectors of another length out', async () => {
    const service = search();
    await service.embedded;
    behave = embeddings(16);
    expect(await slugs(service, 'the sun')).toEqual(['SKIES_TELL_1']);
  });
});
