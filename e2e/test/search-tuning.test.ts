import { beforeAll, describe, expect, it } from 'vitest';
import { eventually, runSql } from '@patchbay/testing';
import { z } from 'zod';
import { CommandLine } from '../support/cli.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf } from '../support/http.js';

const Found = z.object({
  items: z.array(z.object({ slug: z.string() })),
  explanation: z
    .object({ tools: z.array(z.looseObject({ slug: z.string(), alias: z.string().nullable() })) })
    .optional(),
});
const SAID = 'polish the bramble lantern';
const TOOL = 'TIME_GET_CURRENT_TIME';

describe('what a project says of its tools for searching', () => {
  let apiKey = '';
  let sessionId = '';
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('tuning')));
    sessionId = await createSession(
      { user_id: 'ann', toolkits: { enable: ['time', 'hackernews'] } },
      { apiKey },
    );
  });

  const tune = (body: object, tool = TOOL) =>
    call(`/search_tunings/${tool}`, { method: 'PUT', apiKey, body });
  const find = async (query: string, key = apiKey) =>
    Found.parse((await call(`/tools?explain=true&query=${encodeURIComponent(query)}`, { apiKey: key })).body);
  const search = (body: object) => call(`/tool_router/session/${sessionId}/search`, { apiKey, body });

  it('is found by at once, by this project alone, and said in an explanation', async () => {
    const slugs = async (key?: string) => (await find(SAID, key)).items.map(({ slug }) => slug);
    expect(await slugs()).not.toContain(TOOL);
    const set = await tune({ aliases: [SAID, SAID.toUpperCase()], boost: 1.2 });
    expect(set).toMatchObject({
      status: 200,
      body: { tool_slug: TOOL, toolkit_slug: 'time', aliases: [SAID.toUpperCase()], boost: 1.2 },
    });
    // By an event, on every replica.
    await eventually(async () => expect((await slugs())[0]).toBe(TOOL));
    expect((await find(SAID)).explanation?.tools[0]).toMatchObject({
      slug: TOOL,
      alias: SAID.toUpperCase(),
      boost: 1.2,
    });
    const other = await createProject(unique('untuned'));
    expect(await slugs(other.apiKey)).not.toContain(TOOL);
  });

  it('reaches searches in sessions, which say why when they are asked to', async () => {
    const queries = [{ use_case: SAID }];
    const explained = await search({ queries, explain: true });
    expect(explained.body).toMatchObject({
      success: true,
      results: [
        {
          primary_tool_slugs: expect.arrayContaining([TOOL]),
          explanation: {
            tools: expect.arrayContaining([
              expect.objectContaining({
                slug: TOOL,
                parts: expect.arrayContaining([{ part: 'ready', gives: expect.any(Number) }]),
              }),
            ]),
          },
        },
      ],
    });
    expect(JSON.stringify((await search({ queries })).body)).not.toContain('explanation');
  });

  it('is listed, read, and gone when it is deleted', async () => {
    const listed = { items: [{ tool_slug: TOOL }], total_items: 1 };
    expect((await call('/search_tunings?toolkit_slug=time', { apiKey })).body).toMatchObject(listed);
    expect((await call('/search_tunings?toolkit_slug=github', { apiKey })).body).toMatchObject({ items: [] });
    expect((await call(`/search_tunings/${TOOL.toLowerCase()}`, { apiKey })).body).toMatchObject({
      boost: 1.2,
    });
    const gone = await call(`/search_tunings/${TOOL}`, { method: 'DELETE', apiKey });
    expect(gone.body).toEqual({ tool_slug: TOOL, deleted: true });
    await eventually(async () => expect((await find(SAID)).items[0]?.slug).not.toBe(TOOL));
    errorOf(await call(`/search_tunings/${TOOL}`, { apiKey }), 404);
    errorOf(await call(`/search_tunings/${TOOL}`, { method: 'DELETE', apiKey }), 404);
  });

  it.each([
    ['a tool that there is none of', 'NO_SUCH_TOOL', { boost: 2 }, 404],
    ['a boost that hides or forces', TOOL, { boost: 0 }, 400],
    ['an alias without a word', TOOL, { aliases: ['the', '  '] }, 400],
    [
      'more aliases than are kept',
      TOOL,
      { aliases: Array.from({ length: 21 }, (_, at) => `alias ${at}`) },
      400,
    ],
    ['a word that is not known', TOOL, { alias: ['clock'] }, 400],
  ])('is refused for %s', async (_what, tool, body, status) => {
    errorOf(await tune(body, tool), status);
  });

  it('is explained on the command line', async () => {
    const cli = await CommandLine.create({ PATCHBAY_API_KEY: apiKey });
    const { code, stdout, stderr } = await cli.run(['tools', 'search', 'current hour in Tokyo', '--explain']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('Looked for current, hour, tokyo'),
    });
    expect(stdout).toMatch(/^TIME_GET_CURRENT_TIME\t0\.\d{3}\t.*words 0\.\d+.*\tcurrent in name/m);
  });

  it('shows searches that led to no call, as soon as none can follow', async () => {
    const session = await createSession(
      { user_id: unique('idle'), toolkits: { enable: ['time'] } },
      { apiKey },
    );
    const asked = { queries: [{ use_case: 'tell the current time' }] };
    await call(`/tool_router/session/${session}/search`, { apiKey, body: asked });
    // One that was just made may still be followed by a call.
    const listed = () => call('/logs/searches_without_call?within_minutes=1', { apiKey });
    expect(await listed()).toMatchObject({ status: 200, body: { items: [], next_cursor: null } });
    const age = `UPDATE logs.calls SET started_at = started_at - interval '2 minutes' WHERE session_id = '${session}'`;
    await eventually(async () => {
      await runSql(environment.databaseUrl, age);
      expect((await listed()).body).toMatchObject({
        items: [{ session_id: session, queries: [{ use_case: 'tell the current time' }] }],
      });
    });
    errorOf(await call('/logs/searches_without_call?within_minutes=0', { apiKey }), 400);
    errorOf(await call('/logs/searches_without_call?cursor=none', { apiKey }), 400);
  });
});
