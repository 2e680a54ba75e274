import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createSession,
  executeMetaTool,
  findTools,
  listConnections,
  pageOfList,
  type InputOf,
} from '@patchbay/contracts';
import { ensureEventStream } from '@patchbay/service';
import { runSessions } from '../../test/running-sessions.js';

const projectId = 'proj_a';
const SCHEMA = '{"type":"object","properties":{"big":{"const":12345678901234567890}}}';

let on: Awaited<ReturnType<typeof runSessions>>;
const asked: string[] = [];
beforeAll(async () => {
  on = await runSessions();
  on.answer(listConnections, (input) => {
    asked.push('accounts');
    return pageOfList([], input);
  });
  on.answer(findTools, ({ queries }: InputOf<typeof findTools>) => {
    asked.push('tools');
    const found = { primaryTools: ['TIME_NOW'], relatedTools: [], toolkits: ['time'] };
    return {
      hits: queries.map(({ useCase }) => ({ useCase, ...found })),
      tools: [
        {
          slug: 'TIME_NOW',
          toolkit: 'time',
          description: 'Tells it.',
          tags: [],
          required: [],
          inputSchema: SCHEMA,
        },
      ],
      toolkits: [{ slug: 'time', description: 'Time.', needsAccount: false }],
    };
  });
  await on.nats.connection.flush();
});
afterAll(() => on?.stop());

const create = () => on.bus.request(createSession, { projectId, userId: 'ann', config: {} });
const search = (id: string) =>
  on.bus.requestRaw(executeMetaTool, {
    projectId,
    id,
    slug: 'COMPOSIO_SEARCH_TOOLS',
    arguments: { queries: [{ use_case: 'what time is it' }] },
  });

describe('a search that is warm', () => {
  it('asks one question of one other service, and reads no table', async () => {
    const { id } = await create();
    await search(id);
    asked.length = 0;
    await on.withoutTables(async () => expect(await search(id)).toMatchObject({ successful: true }));
    expect(asked).toEqual(['tools']);
  });

  it('passes schemas on as they came, number for number', async () => {
    const { id } = await create();
    const { data } = await search(id);
    expect(data).toMatchObject({ text: expect.stringContaining(`"input_schema":${SCHEMA}`) });
  });

  it('is answered only when its start is on the record', async () => {
    const { id } = await create();
    await search(id);
    await on.nats.connection.request('$JS.API.STREAM.DELETE.EVENTS');
    await expect(search(id)).rejects.toMatchObject({ code: 'unavailable' });
    await ensureEventStream(on.nats);
    expect(await search(id)).toMatchObject({ successful: true });
  });
});
