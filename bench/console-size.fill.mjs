// A project as large as they get: toolkits by the API, accounts, sessions and the record by SQL.
import { SealingVault, parseKeyRing } from '@patchbay/vault';
import { fillRecord } from './record.fill.mjs';

const USERS = 20_000;
const TOOLS = 10;
const AT_ONCE = 4;
const BATCH = 5_000;

/**
 * @param {(text: string, values?: unknown[]) => Promise<Record<string, any>[]>} sql
 * @param {import('@patchbay/client').Patchbay} api of the project
 * @param {{ projectId: string, keys: string, accounts: number, calls: number, toolkits: number, sessions: number,
 *   onProgress: (text: string) => void }} options `keys`: what the platform seals with
 */
export async function fillProject(sql, api, options) {
  const { projectId, onProgress } = options;
  onProgress('toolkits');
  await addToolkits(api, options.toolkits);
  const { auth_config: config } = await api.request('createAuthConfig', {
    body: {
      toolkit: { slug: 'toolkit0' },
      auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
    },
  });
  const state = { authScheme: 'API_KEY', val: { status: 'ACTIVE', generic_api_key: 'bench' } };
  const body = { auth_config: { id: config.id }, connection: { user_id: 'user_0', state } };
  const { id: account } = await api.request('createConnectedAccount', { body });
  const { session_id: session } = await api.request('createSession', {
    body: { user_id: 'user_0', toolkits: { enable: ['toolkit0', 'toolkit1'] } },
  });
  onProgress('auth configs');
  await sql(AUTH_CONFIGS, [config.id, options.toolkits]);
  onProgress('accounts');
  await addAccounts(sql, account, options);
  onProgress('sessions');
  await sql(SESSIONS, [session, options.sessions]);
  onProgress('audit');
  await sql(AUDIT, [projectId, options.accounts]);
  for (const table of ['auth.auth_configs', 'auth.connected_accounts', 'sessions.sessions', 'logs.audit'])
    await sql(`VACUUM ANALYZE ${table}`);
  await fillRecord(sql, { rows: options.calls, projectId, isAlone: true, onProgress });
  return { account, config: config.id, session };
}

async function addToolkits(api, count) {
  const left = Array.from({ length: count }, (_, index) => index);
  const add = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift())
      await api.request('upsertCustomToolkit', {
        body: { slug: `toolkit${number}`, source: { type: 'openapi', document: documentOf(number) } },
      });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, add));
}

function documentOf(number) {
  const operation = (tool) => ({
    operationId: `tool_${tool}`,
    summary: `Do ${tool} of ${number}`,
    description: `Reads the records of kind ${tool} that the service ${number} keeps.`,
    parameters: ['owner', 'name', 'since'].map((name) => ({
      name,
      in: 'query',
      description: `The ${name} of what is read`,
      schema: { type: 'string' },
    })),
    responses: { 200: { description: 'What was read' } },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: `Service ${number}`,
      version: '1',
      description: `One of many services, number ${number}.`,
    },
    servers: [{ url: `https://service-${number}.example.com` }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    security: [{ key: [] }],
    paths: Object.fromEntries(
      Array.from({ length: TOOLS }, (_, tool) => [`/records/${tool}`, { get: operation(tool) }]),
    ),
  };
}

/** Each with a credential of its own: a sealed one opens in its row alone, and a list opens those that it shows. */
async function addAccounts(sql, account, { projectId, keys, accounts }) {
  const vault = new SealingVault(parseKeyRing(keys));
  const column = 'connected_accounts.sealed_credential';
  const [{ sealed_credential: sealed }] = await sql(
    'SELECT sealed_credential FROM auth.connected_accounts WHERE id = $1',
    [account],
  );
  const credential = vault.open(column, { projectId, id: account }, sealed);
  for (let from = 0; from < accounts; from += BATCH) {
    const ids = Array.from({ length: Math.min(BATCH, accounts - from) }, (_, index) => {
      const number = from + index;
      return `ca_${number % USERS}_${Math.floor(number / USERS)}`;
    });
    await sql(ACCOUNTS, [
      account,
      from,
      ids,
      ids.map((id) => vault.seal(column, { projectId, id }, credential)),
    ]);
  }
}

const AUTH_CONFIGS = `
  INSERT INTO auth.auth_configs
  SELECT (jsonb_populate_record(one, jsonb_build_object('id', 'ac_' || n, 'toolkit', 'toolkit' || n,
    'name', 'Service ' || n, 'created_at', now() - n * interval '1 minute'))).*
  FROM auth.auth_configs one, generate_series(1, $2::int - 1) AS n WHERE one.id = $1`;

/** One of ten has expired, one of fifty never signed in. */
const ACCOUNTS = `
  INSERT INTO auth.connected_accounts
  SELECT (jsonb_populate_record(one, jsonb_build_object('id', made.id, 'user_id', 'user_' || (n % ${USERS}),
    'toolkit', 'toolkit' || (n / ${USERS}),
    'auth_config_id', CASE WHEN n / ${USERS} = 0 THEN one.auth_config_id ELSE 'ac_' || (n / ${USERS}) END,
    'word_id', 'bench-' || n, 'sealed_credential', sealed,
    'status', CASE WHEN n % 10 = 1 THEN 'EXPIRED' WHEN n % 50 = 2 THEN 'FAILED' ELSE 'ACTIVE' END,
    'created_at', now() - n * interval '20 seconds', 'updated_at', now() - (n * 7919 % 100000) * interval '20 seconds'))).*
  FROM auth.connected_accounts one,
    LATERAL (SELECT given.id, sealed, $2::int + position - 1 AS n
      FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS given (id, sealed, position)) made
  WHERE one.id = $1`;

const SESSIONS = `
  INSERT INTO sessions.sessions
  SELECT (jsonb_populate_record(one, jsonb_build_object('id', 'trs_' || n, 'user_id', 'user_' || (n::bigint * 7919) % ${USERS},
    'created_at', now() - n * interval '2 minutes', 'updated_at', now() - n * interval '2 minutes'))).*
  FROM sessions.sessions one, generate_series(1, $2::int) AS n WHERE one.id = $1`;

/** Copies of the acts that made the project what it is. */
const AUDIT = `
  INSERT INTO logs.audit
  SELECT (jsonb_populate_record(one, jsonb_build_object('id', 'aud_' || n, 'at', now() - n * interval '20 seconds'))).*
  FROM logs.audit one, generate_series(1, $2::int) AS n
  WHERE one.id = (SELECT id FROM logs.audit WHERE project_id = $1 ORDER BY at DESC LIMIT 1)`;
