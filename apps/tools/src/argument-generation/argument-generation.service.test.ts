import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { httpTool } from '@patchbay/toolkits';
import { z } from 'zod';
import type { CatalogueEntry } from '../toolkits/catalogue.js';
import type { CatalogueService } from '../catalogue/catalogue.service.js';
import type { ToolsConfig } from '../config.js';
import { ArgumentGenerationService } from './argument-generation.service.js';

const spec = httpTool({
  slug: 'ACME_DO',
  name: 'Do',
  description: 'Does it.',
  method: 'GET',
  path: '/',
  input: z.object({ text: z.string() }),
  tags: [],
});
const definition = { slug: 'ACME_DO', description: 'Does it.', inputSchema: { type: 'object' } };
const entry = { spec, definition } as unknown as CatalogueEntry;
const catalogue = { entry: async () => entry } as unknown as CatalogueService;

let server: Server;
let url: string;
let answer: { status: number; text: string };
let asked: { authorization?: string; body: unknown }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => {
      asked.push({ authorization: request.headers.authorization, body: JSON.parse(body) as unknown });
    });
    request.on('end', () => response.writeHead(answer.status).end(answer.text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const calling = (given: string) =>
  JSON.stringify({ choices: [{ message: { tool_calls: [{ function: { arguments: given } }] } }] });

function generate(settings: Partial<ToolsConfig> = { PATCHBAY_MODEL_URL: url }) {
  const config = { PATCHBAY_MODEL: 'small', PATCHBAY_MODEL_API_KEY: 'secret', ...settings } as ToolsConfig;
  const service = new ArgumentGenerationService(catalogue, config);
  const context = { deadline: Date.now() + 30_000, storePayloads: true, isRetry: false };
  return service.generate({ projectId: 'proj_a', toolSlug: 'ACME_DO', text: 'say hello', context });
}

describe('arguments out of a text', () => {
  it('are what the model calls the tool with', async () => {
    answer = { status: 200, text: calling('{"text":"hello"}') };
    expect(await generate()).toEqual({ arguments: { text: 'hello' } });
    expect(asked).toMatchObject([
      {
        authorization: 'Bearer secret',
        body: {
          model: 'small',
          messages: [{ role: 'system' }, { role: 'user', content: 'say hello' }],
          tools: [{ function: { name: 'ACME_DO', parameters: { type: 'object' } } }],
        },
      },
    ]);
  });

  it('come with what is wrong with them, if they do not fit', async () => {
    answer = { status: 200, text: calling('{"text":7}') };
    expect(await generate()).toMatchObject({
      arguments: { text: 7 },
      error: expect.stringContaining('do not fit'),
    });
  });

  it.each([
    ['a model that refuses', 500, 'oops', 'status 500'],
    ['a model that talks', 200, '{"choices":[{"message":{}}]}', 'made no arguments'],
    ['a model that babbles', 200, calling('{"text":'), 'made no arguments'],
  ])('are none of %s', async (_, status, text, words) => {
    answer = { status, text };
    expect(await generate()).toEqual({ error: expect.stringContaining(words) });
  });

  it('are none without a model, or when it is away', async () => {
    expect((await generate({})).error).toContain('PATCHBAY_MODEL_URL');
    const { error } = await generate({ PATCHBAY_MODEL_URL: 'http://127.0.0.1:1' });
    expect(error).toContain('could not be asked');
  });
});
