import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject } from '../support/http.js';
import { connectMcp } from '../support/mcp.js';
import { keyedDocument } from '../support/toolkits.js';
import { WorkbenchSession } from '../support/workbench.js';

const SLUG = 'mirror';
const TOOL = 'MIRROR_SHOW_ITSELF';
const whole = { type: 'integer', format: 'int64' };
const properties = { ref: whole, note: { type: 'string' } };
const document = keyedDocument({
  '/mirror/{id}': {
    post: {
      operationId: 'showItself',
      summary: 'Shows the request',
      parameters: [{ name: 'id', in: 'path', required: true, schema: whole }],
      requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } },
    },
  },
});

describe('numbers that no double holds keep their digits', () => {
  let apiKey: string;
  let composio: ReturnType<typeof newComposio>;
  let session: WorkbenchSession;
  let logId: string;

  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('exact')));
    const added = await call('/custom/toolkits/upsert', {
      apiKey,
      body: { slug: SLUG, source: { type: 'openapi', document } },
    });
    expect(added).toMatchObject({ status: 200, body: { imported: expect.arrayContaining([TOOL]) } });
    composio = newComposio(apiKey);
    await connectKeyed(composio, 'ann', await customConfig(composio, SLUG, 'API_KEY'));
    session = await WorkbenchSession.open({ toolkits: { enable: [SLUG] } }, { apiKey });
  });

  /** As it is on the wire: a parser of doubles would not see the difference. */
  async function raw(path: string, body?: string): Promise<string> {
    const response = await fetch(`${environment.baseUrl}/api/v3.1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status: 200 });
    return text;
  }

  it('in arguments, paths, bodies and answers of a tool, and as texts where it takes texts', async () => {
    const given = '{"id":1234567890123456789,"ref":18446744073709551615,"note":9007199254740993}';
    const answer = await raw(
      `/tool_router/session/${session.id}/execute`,
      `{"tool_slug":"${TOOL}","arguments":${given}}`,
    );
    expect(answer).toContain('"id":1234567890123456789,');
    expect(answer).toContain('"url":"/mirror/1234567890123456789"');
    expect(answer).toContain(
      String.raw`"body":"{\"ref\":18446744073709551615,\"note\":\"9007199254740993\"}"`,
    );
    logId = /"log_id":"(log_[^"]+)"/.exec(answer)?.[1] ?? '';
  });

  it('by the proxy', async () => {
    const answer = await raw(
      `/tool_router/session/${session.id}/proxy_execute`,
      `{"toolkit_slug":"${SLUG}","endpoint":"/mirror/7","method":"POST","body":{"id":12345678901234567891},
        "parameters":[{"name":"after","type":"query","value":12345678901234567892}]}`,
    );
    expect(answer).toContain('"large":18446744073709551615');
    expect(answer).toContain('"url":"/mirror/7?after=12345678901234567892"');
    expect(answer).toContain(String.raw`"body":"{\"id\":12345678901234567891}"`);
  });

  it('in the text of an answer over MCP', async () => {
    const { mcp } = await composio.create('ann', { toolkits: [SLUG], mcp: true });
    const client = await connectMcp(mcp);
    const { content } = await client.callTool({
      name: 'COMPOSIO_MULTI_EXECUTE_TOOL',
      arguments: { tools: [{ tool_slug: TOOL, arguments: { id: 7 } }] },
    });
    expect(JSON.stringify(content)).toContain('18446744073709551615');
    await client.close();
  });

  it('in the record and its search', async () => {
    const detail = await eventually(() => raw(`/logs/tool_execution/${logId}`));
    expect(detail).toContain('"id":1234567890123456789');
    expect(detail).toContain('"ref":18446744073709551615');
    const filters = [{ field: 'text', operator: 'contains', value: '1234567890123456789' }];
    expect(await raw('/logs/tool_execution', JSON.stringify({ filters }))).toContain(logId);
  });

  it('in the workbench, where Python has them as integers', async () => {
    const code = `answer, error = run_composio_tool("${TOOL}", {"id": 1234567890123456789, "ref": 2 ** 63})
[error, answer["data"]["id"] + 1, answer["data"]["large"] == 2 ** 64 - 1, answer["data"]["body"]]`;
    const { data } = await session.python(code);
    expect(data.results).toBe(`['', 1234567890123456790, True, '{"ref":9223372036854775808}']`);
  });
});
