import { get, request, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, runSql } from '@patchbay/testing';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession } from '../support/http.js';
import { OAuthClient } from '../support/oauth.client.js';
import { asOrganisation } from '../support/organisation.js';

/* What goes on longer than a request, and ends when what let it in does. */

const WITHIN_MS = 1_500;
/** More than the sockets of both sides take up by themselves. */
const LARGE_BYTES = 24 * 1024 * 1024;
const ROWS = 200;

interface Owner {
  id: string;
  apiKey: string;
}
interface Ask {
  headers: Record<string, string>;
  body?: object;
}

/** How an answer that was under way ended. */
interface End {
  isWhole: boolean;
  bytes: number;
  text: string;
}

const open = new Set<IncomingMessage>();
afterEach(() => {
  for (const response of open) response.destroy();
  open.clear();
});

/** Begins to read an answer, and rests. `end` reads on, and tells how it ended. */
async function begin(path: string, { headers, body }: Ask) {
  const url = new URL(path.startsWith('/logs') ? `/api/v3.1${path}` : path, environment.baseUrl);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = body
      ? request(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } }, resolve)
      : get(url, { headers }, resolve);
    asked.on('error', reject);
    asked.end(body && JSON.stringify(body));
  });
  expect(response.statusCode).toBe(200);
  open.add(response);
  return (): Promise<End> =>
    new Promise((resolve) => {
      let bytes = 0;
      let text = '';
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (text.length < 10_000) text += chunk.toString();
      });
      response.on('error', () => undefined);
      response.once('close', () => resolve({ isWhole: response.complete, bytes, text }));
    });
}

const withKey = ({ apiKey }: Owner) => ({ 'x-api-key': apiKey });
const rotate = ({ id }: Owner) =>
  asOrganisation(`/org/owner/project/${id}/regenerate_api_key`, { method: 'POST' });
const remove = ({ id }: Owner) => asOrganisation(`/org/owner/project/${id}`, { method: 'DELETE' });

/** Makes something happen, after which all of them must end soon. */
async function endsAfter(ends: Promise<End>[], happens: () => Promise<unknown>): Promise<End[]> {
  const ended: End[] = [];
  for (const one of ends) void one.then((end) => ended.push(end));
  await happens();
  await eventually(() => expect(ended).toHaveLength(ends.length), { timeout: WITHIN_MS });
  return Promise.all(ends);
}

const streamOf = (sessionId: string, headers: Record<string, string>) =>
  begin(`/tool_router/${sessionId}/mcp`, { headers: { ...headers, accept: 'text/event-stream' } });

/** The stream of a client without a handshake. */
const subscriptionOf = (sessionId: string, headers: Record<string, string>) =>
  begin(`/tool_router/${sessionId}/mcp`, {
    headers: {
      ...headers,
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'subscriptions/listen',
    },
    body: {
      jsonrpc: '2.0',
      id: 1,
      method: 'subscriptions/listen',
      params: {
        notifications: { toolsListChanged: true },
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    },
  });

/** A call that never ends by itself, and tells of its progress. */
const hangingCall = (sessionId: string, headers: Record<string, string>, text: string) =>
  begin(`/tool_router/${sessionId}/mcp`, {
    headers: { ...headers, accept: 'application/json, text/event-stream' },
    body: {
      jsonrpc: '2.0',
      id: 7,
      method: 'tools/call',
      params: { name: 'TEST_HANG', arguments: { text }, _meta: { progressToken: 'p' } },
    },
  });
const stateOf = async (text: string) =>
  (await call(`${environment.keyedUrl}/hanging?text=${text}`, { apiKey: null })).body;

const newSession = (project: Owner) =>
  createSession(
    { user_id: 'ann', toolkits: { enable: ['test', 'time'] }, preload: { tools: ['TEST_HANG'] } },
    project,
  );

/** A project with calls that have much in them, as if they had been made. */
async function withLargeRecord(): Promise<Owner> {
  const project = await createProject(unique('long'));
  await runSql(
    environment.databaseUrl,
    `INSERT INTO logs.calls (id, started_at, project_id, user_id, request_id, toolkit, tool_slug, status, arguments)
     SELECT 'log_' || n || '${project.id}', now(), '${project.id}', 'ann', 'req_1', 'time', 'TIME_X', 'success',
       jsonb_build_object('text', repeat('x', ${Math.round(LARGE_BYTES / ROWS)})) FROM generate_series(1, ${ROWS}) n`,
  );
  return project;
}

describe.each([
  ['its key is revoked', rotate],
  ['its project is deleted', remove],
])('when %s', (_, happens) => {
  it('an export breaks off', async () => {
    const project = await withLargeRecord();
    const path = '/logs/tool_execution/export';
    const ask = { headers: withKey(project) };
    const whole = await (await begin(path, ask))();
    expect(whole).toMatchObject({ isWhole: true });
    expect(whole.bytes).toBeGreaterThan(LARGE_BYTES);
    const resting = await begin(path, ask);
    await happens(project);
    const [cut] = await endsAfter([resting()], async () => undefined);
    expect(cut?.isWhole).toBe(false);
    expect(cut?.bytes).toBeLessThan(whole.bytes);
  });

  it('streams end: of calls as they happen, of changes, and the answers of MCP calls', async () => {
    const project = await createProject(unique('long'));
    const sessionId = await newSession(project);
    const text = unique('hang');
    const headers = withKey(project);
    const streams = [
      await begin('/logs/tool_execution/tail', { headers }),
      await streamOf(sessionId, headers),
      await subscriptionOf(sessionId, headers),
      await hangingCall(sessionId, headers, text),
    ].map((end) => end());
    await eventually(async () => expect(await stateOf(text)).toBe('{"state":"waiting"}'));
    await endsAfter(streams, () => happens(project));
    // And with its answer the call.
    await eventually(async () => expect(await stateOf(text)).toBe('{"state":"left"}'));
  });
});

it('streams of a session end with it, and the others of its key go on', async () => {
  const project = await createProject(unique('long'));
  const [gone, stays] = [await newSession(project), await newSession(project)];
  const headers = withKey(project);
  const ofOther = (await streamOf(stays, headers))();
  const streams = [await streamOf(gone, headers), await subscriptionOf(gone, headers)].map((end) => end());
  const remaining = await endsAfter(streams, () =>
    call(`/tool_router/session/${gone}`, { ...project, method: 'DELETE' }),
  );
  // The one that has a last word is given it.
  expect(remaining[1]?.text).toContain('"resultType":"complete"');
  await call(`/tool_router/session/${stays}`, {
    ...project,
    method: 'PATCH',
    body: { preload: { tools: ['TIME_CONVERT_TIME'] } },
  });
  const [last] = await endsAfter([ofOther], () =>
    call(`/tool_router/session/${stays}`, { ...project, method: 'DELETE' }),
  );
  expect(last?.text).toContain('notifications/tools/list_changed');
});

it('streams of an access token end with it, and those of a key go on', async () => {
  const project = await createProject(unique('long'));
  const sessionId = await newSession(project);
  const path = `/tool_router/session/${sessionId}`;
  const { code } = (await call(`${path}/mcp_access_codes`, { ...project, method: 'POST' })).body as {
    code: string;
  };
  const client = await OAuthClient.at();
  const resource = `${environment.baseUrl}/tool_router/${sessionId}/mcp`;
  const { access_token: token } = await client.tokensFor(code, resource);
  let keyEnded = false;
  const ofKey = (await streamOf(sessionId, withKey(project)))().finally(() => (keyEnded = true));
  const ofToken = (await streamOf(sessionId, { authorization: `Bearer ${token}` }))();
  await endsAfter([ofToken], () => call(`${path}/mcp_access`, { ...project, method: 'DELETE' }));
  expect(keyEnded).toBe(false);
  await endsAfter([ofKey], () => rotate(project));
});

it('a file under way ends with its project or its session', async () => {
  const content = Buffer.alloc(LARGE_BYTES, 'x');
  for (const happens of [
    (project: Owner) => remove(project),
    (project: Owner, sessionId: string) =>
      call(`/tool_router/session/${sessionId}`, { ...project, method: 'DELETE' }),
  ]) {
    const project = await createProject(unique('long'));
    const sessionId = await newSession(project);
    const mount = `/tool_router/session/${sessionId}/mounts/files`;
    const body = { mount_relative_path: 'large.bin' };
    const { upload_url: to } = (await call(`${mount}/upload_url`, { ...project, body })).body as {
      upload_url: string;
    };
    expect((await fetch(to, { method: 'PUT', body: content })).status).toBe(200);
    const { download_url: from } = (await call(`${mount}/download_url`, { ...project, body })).body as {
      download_url: string;
    };
    const resting = await begin(from, { headers: {} });
    await happens(project, sessionId);
    const [cut] = await endsAfter([resting()], async () => undefined);
    expect(cut?.isWhole).toBe(false);
    expect(cut?.bytes).toBeLessThan(LARGE_BYTES);
  }
});
