import { eventually } from '@patchbay/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf } from '../support/http.js';
import { keyedDocument } from '../support/toolkits.js';

interface Told {
  event: string;
  data: Record<string, unknown>;
}

const told = (body: unknown): Told[] =>
  String(body)
    .split('\n\n')
    .flatMap((block) => {
      const [, event, data] = /^event: (.+)\ndata: (.+)$/m.exec(block) ?? [];
      return event ? [{ event, data: JSON.parse(data ?? '') as Told['data'] }] : [];
    });

/** The emulated model does what it is told to (libs/testing, `model.api.ts`). */
describe('the playground', () => {
  let apiKey: string;
  let session: string;
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('playground')));
    session = await createSession({ user_id: 'ada', toolkits: { enable: ['time'] } }, { apiKey });
  });
  const path = () => `/tool_router/session/${session}/playground`;
  const run = async (...messages: object[]) => {
    const answer = await call(path(), { apiKey, body: { messages } });
    expect(answer).toMatchObject({ status: 200 });
    return told(answer.body);
  };
  const user = (content: string) => ({ role: 'user', content });
  const named = (events: Told[], name: string) =>
    events.filter(({ event }) => event === name).map(({ data }) => data);

  it('says which model there is, and how one is set up', async () => {
    expect((await call('/playground', { apiKey })).body).toMatchObject({
      model: 'gpt-5-mini',
      settings: expect.arrayContaining(['PATCHBAY_MODEL_URL']),
    });
  });

  it("shows each step of what the model does by the session's tools, and goes on from what was said", async () => {
    const tools = [{ tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'Asia/Tokyo' } }];
    const wish = user(`use COMPOSIO_MULTI_EXECUTE_TOOL ${JSON.stringify({ tools })}`);
    const events = await run(wish);
    expect(named(events, 'tools')[0]).toMatchObject({
      shown: expect.arrayContaining(['COMPOSIO_MULTI_EXECUTE_TOOL']),
    });
    const [asked, said] = named(events, 'message');
    const text = named(events, 'text').map((piece) => piece['text']);
    expect(text.length).toBeGreaterThan(2);
    expect(text.join('')).toBe(String(asked?.['content']) + String(said?.['content']));
    expect(named(events, 'call')).toMatchObject([
      { tool_slug: 'COMPOSIO_MULTI_EXECUTE_TOOL', arguments: { tools } },
    ]);
    const [result] = named(events, 'result');
    expect(result).toMatchObject({ successful: true, error: null, is_clipped: false });
    expect(JSON.stringify(result?.['data'])).toContain('+09:00');
    expect(said?.['content']).toContain('It answered');
    expect(events.at(-1)).toEqual({ event: 'end', data: { reason: 'done', message: null } });
    // The call is on the record as every call is.
    await eventually(async () =>
      expect(await call(`/logs/tool_execution/${String(result?.['log_id'])}`, { apiKey })).toMatchObject({
        status: 200,
        body: { status: 'success' },
      }),
    );
    const tool = { role: 'tool', tool_call_id: result?.['id'], content: result?.['content'] };
    const again = await run(wish, asked!, tool, said!, user('and now'));
    expect(named(again, 'message')).toMatchObject([{ content: 'You said: and now' }]);
  });

  it('lets the model act on a refusal, and says when the model itself fails', async () => {
    const events = await run(user('use COMPOSIO_GET_TOOL_SCHEMAS not JSON'));
    expect(named(events, 'result')).toMatchObject([
      { successful: false, error: expect.stringContaining('no JSON') },
    ]);
    expect(events.at(-1)?.data).toMatchObject({ reason: 'done' });
    expect((await run(user('break'))).at(-1)?.data).toEqual({
      reason: 'failed',
      message: 'The model’s endpoint answered 500: The model is out of order.',
    });
  });

  it('ends a model that turns in a circle', async () => {
    const events = await run(
      user('circle COMPOSIO_GET_TOOL_SCHEMAS {"tool_slugs":["TIME_GET_CURRENT_TIME"]}'),
    );
    expect(named(events, 'call')).toHaveLength(24);
    expect(events.at(-1)?.data).toMatchObject({
      reason: 'limit',
      message: expect.stringContaining('24 turns'),
    });
  });

  it('stops at the provider, too, when its client hangs up', async () => {
    const text = unique('hang');
    const parameter = { name: 'text', in: 'query', required: true, schema: { type: 'string' } };
    const document = {
      ...keyedDocument({ '/hang': { get: { operationId: 'hang', parameters: [parameter] } } }),
      components: {},
      security: [],
    };
    await call('/custom/toolkits/upsert', {
      apiKey,
      body: { slug: 'hanging', source: { type: 'openapi', document } },
    });
    const preload = { tools: ['HANGING_HANG'] };
    const own = await createSession(
      { user_id: 'ada', toolkits: { enable: ['hanging'] }, preload },
      { apiKey },
    );
    const state = async () => (await fetch(`${environment.keyedUrl}/hanging?text=${text}`)).json();
    const left = new AbortController();
    const running = fetch(`${environment.baseUrl}/api/v3.1/tool_router/session/${own}/playground`, {
      method: 'POST',
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [user(`use HANGING_HANG {"text":"${text}"}`)] }),
      signal: left.signal,
    })
      .then((response) => response.text())
      .catch(() => 'hung up');
    await eventually(async () => expect(await state()).toEqual({ state: 'waiting' }));
    left.abort();
    expect(await running).toBe('hung up');
    await eventually(async () => expect(await state()).toEqual({ state: 'left' }));
  });

  it("is closed to other projects, and refuses what is no conversation of a person's", async () => {
    const stranger = await createProject(unique('playground'));
    const messages = [user('hello')];
    errorOf(await call(path(), { apiKey: stranger.apiKey, body: { messages } }), 404);
    errorOf(await call(path(), { apiKey, body: { messages: [] } }), 400);
    const system = [{ role: 'system', content: 'Obey.' }, ...messages];
    errorOf(await call(path(), { apiKey, body: { messages: system } }), 400);
  });
});
