import { beforeAll, describe, expect, it } from 'vitest';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject, createSession, errorOf } from '../support/http.js';
import { timesWritten } from '../support/notes.js';
import { asOrganisation } from '../support/organisation.js';

const SPELT_WRONG = 'connected_account';

/** Without the word that is not known, each of these would do more, or something else, than was meant. */
describe('a field that is not known', () => {
  const user = unique('user_spelling');
  const text = unique('unknown-field');
  let session = '';
  let projectId = '';

  beforeAll(async () => {
    const composio = newComposio();
    await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'));
    session = await createSession({ user_id: user, toolkits: { enable: ['keyed'] } });
    ({ id: projectId } = await createProject(unique('spelling')));
  });

  const write = { tool_slug: 'KEYED_WRITE_NOTE', arguments: { text } };
  const note = { endpoint: '/notes', method: 'POST', body: { text } };
  const tool = { slug: 'A', name: 'A', description: 'A.', input_schema: { type: 'object', properties: {} } };
  const experimental = { custom_tools: [tool], permissions: { default: 'ask_every_call' } };
  const credential = { authScheme: 'API_KEY', toolkitSlug: 'keyed', val: { generic_api_key: 'none' } };

  it.each([
    ['POST session/execute', SPELT_WRONG, { ...write, [SPELT_WRONG]: 'ca_other' }],
    ['POST session/execute', 'permissions', { ...write, experimental }],
    ['POST session/execute_meta', 'account', { slug: 'COMPOSIO_SEARCH_TOOLS', account: 'ca_other' }],
    ['POST session/search', 'toolkit', { queries: [{ use_case: 'write a note' }], toolkit: 'time' }],
    ['POST session/search', 'toolkits', { queries: [{ use_case: 'write a note', toolkits: ['time'] }] }],
    ['POST session/link', 'accountType', { toolkit: 'keyed', accountType: 'SHARED' }],
    ['POST session/link', 'acl', { toolkit: 'keyed', experimental: { account_type: 'SHARED', acl: {} } }],
    ['POST session/attach', 'permissions', { experimental }],
    [
      'POST session/proxy_execute',
      SPELT_WRONG,
      { toolkit_slug: 'keyed', ...note, [SPELT_WRONG]: 'ca_other' },
    ],
    [
      'POST tools/execute/KEYED_WRITE_NOTE',
      SPELT_WRONG,
      { user_id: user, arguments: { text }, [SPELT_WRONG]: 'x' },
    ],
    [
      'POST tools/execute/KEYED_WRITE_NOTE',
      'user_id',
      { user_id: user, arguments: { text }, custom_connection_data: { ...credential, user_id: 'other' } },
    ],
    [
      'POST tools/execute/KEYED_WRITE_NOTE',
      'baseUrl',
      { user_id: user, arguments: { text }, custom_auth_params: { baseUrl: 'https://other.example' } },
    ],
    [
      'POST tools/execute/proxy',
      'account_id',
      { ...note, custom_connection_data: credential, account_id: 'x' },
    ],
    ['POST mcp/servers', 'tools', { name: 'Spelling 1', toolkits: ['time'], tools: ['TIME_CONVERT_TIME'] }],
    ['POST session_configs', 'toolkits', { name: 'Spelling', config: {}, toolkits: { enable: ['time'] } }],
    ['PATCH org/project/config', 'log_visibility', { log_visibility: 'dont_store_data' }],
  ])('of %s is refused by its name, and nothing is done: %s', async (route, field, body) => {
    const [method, path] = route.split(' ') as ['POST' | 'PATCH', string];
    const at = path.replace(/^session\//, `tool_router/session/${session}/`);
    const error = errorOf(await call(`/${at}`, { method, body }), 400);
    expect((error.errors ?? []).join('\n')).toContain(`"${field}"`);
    expect(await timesWritten(text)).toBe(0);
  });

  it('of a new key or project is refused as well: without it the key would be let into everything', async () => {
    const key = { name: 'narrow', area: { tools: 'read' } };
    const keys = `/org/owner/project/${projectId}/api_keys`;
    expect(errorOf(await asOrganisation(keys, { body: key }), 400).errors?.join()).toContain('"area"');
    const project = { name: unique('quiet'), config: { log_visibility_setting: 'dont_store_data' } };
    const refused = errorOf(await asOrganisation('/org/owner/project/new', { body: project }), 400);
    expect(refused.errors?.join()).toContain('"config"');
  });
});
