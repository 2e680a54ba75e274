import { describe, expect, it } from 'vitest';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { eventually, launchBrowser } from '@patchbay/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { newPage } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { call, createSession, errorOf } from '../support/http.js';
import { OAuthClient } from '../support/oauth.client.js';

const endpointOf = (session: string) => `${environment.baseUrl}/tool_router/${session}/mcp`;
const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const Code = z.object({ code: z.string(), expires_at: z.iso.datetime() });

async function accessCode(session: string): Promise<string> {
  const answer = await call(`/tool_router/session/${session}/mcp_access_codes`, { method: 'POST' });
  expect(answer.status).toBe(201);
  return Code.parse(answer.body).code;
}

const newSession = () =>
  createSession({
    user_id: unique('oauth'),
    toolkits: { enable: ['time'] },
    preload: { tools: ['TIME_GET_CURRENT_TIME'] },
  });

const ping = (session: string, token: string) =>
  call(endpointOf(session), {
    apiKey: null,
    headers: { authorization: `Bearer ${token}` },
    body: PING,
  });

describe('an MCP client that can only do OAuth', () => {
  it('is told where to begin, whether or not there is such a session', async () => {
    for (const session of [await newSession(), 'trs_nobodyKnows1']) {
      const refused = await call(endpointOf(session), { apiKey: null, body: PING });
      errorOf(refused, 401);
      const challenge = String(refused.headers.get('www-authenticate'));
      const metadata = /resource_metadata="([^"]+)"/.exec(challenge)?.[1];
      const { body } = await call(String(metadata), { apiKey: null });
      expect(body).toMatchObject({
        resource: endpointOf(session),
        authorization_servers: [environment.baseUrl],
      });
    }
  });

  it('gets in with a code that the owner was given, for this session alone', async () => {
    const [session, other] = [await newSession(), await newSession()];
    const client = await OAuthClient.at();
    const { access_token: token } = await client.tokensFor(await accessCode(session), endpointOf(session));
    expect((await ping(session, token)).body).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
    errorOf(await ping(other, token), 401);
    const asKey = { 'x-api-key': token };
    errorOf(await call(endpointOf(session), { apiKey: null, headers: asKey, body: PING }), 401);
    // It is for the endpoint, and not for the API.
    const api = { apiKey: null, headers: { authorization: `Bearer ${token}` } };
    errorOf(await call(`/tool_router/session/${session}`, api), 401);
  });

  it('gets nothing by the address of a session alone, nor by a code of another', async () => {
    const [session, other] = [await newSession(), await newSession()];
    const client = await OAuthClient.at();
    const resource = endpointOf(session);
    expect(await client.consent('', { resource })).toBeUndefined();
    expect(await client.consent('ABCD-EFGH-JKLM', { resource })).toBeUndefined();
    expect(await client.consent(await accessCode(other), { resource })).toBeUndefined();
  });

  it('uses a code once, and proves that it was the one who asked for it', async () => {
    const session = await newSession();
    const client = await OAuthClient.at();
    const resource = endpointOf(session);
    const given = await accessCode(session);
    const back = await client.consent(given, { resource });
    expect(back?.searchParams.get('state')).toBe(client.state);
    expect(back?.searchParams.get('iss')).toBe(environment.baseUrl);
    expect(await client.consent(given, { resource })).toBeUndefined();
    const code = String(back?.searchParams.get('code'));
    const wrong = { code_verifier: 'x'.repeat(43) };
    expect(await client.exchange(code, wrong)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    const elsewhere = { resource: endpointOf('trs_another12345') };
    expect(await client.exchange(code, elsewhere)).toMatchObject({ body: { error: 'invalid_target' } });
    const { access_token: token } = OAuthClient.parse(await client.exchange(code, { resource }));
    expect((await ping(session, token)).status).toBe(200);
    // A second use means that somebody else has it: what it gave is taken back.
    expect(await client.exchange(code, { resource })).toMatchObject({ body: { error: 'invalid_grant' } });
    await eventually(async () => errorOf(await ping(session, token), 401));
  });

  it('refreshes its token, and another client cannot', async () => {
    const session = await newSession();
    const [client, thief] = [
      await OAuthClient.at(),
      await OAuthClient.at(undefined, 'http://127.0.0.1:9/other'),
    ];
    const first = await client.tokensFor(await accessCode(session), endpointOf(session));
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    expect(await thief.token(refresh)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const second = OAuthClient.parse(await client.token(refresh));
    expect(second.access_token).not.toBe(first.access_token);
    expect((await ping(session, second.access_token)).status).toBe(200);
  });

  it('is shut out within a second when the owner, the client or the end of the session says so', async () => {
    const session = await newSession();
    const client = await OAuthClient.at();
    const enter = async () => client.tokensFor(await accessCode(session), endpointOf(session));
    const isOut = (token: string, status: number) =>
      eventually(async () => errorOf(await ping(session, token), status), { timeout: 1_000 });

    const byOwner = await enter();
    expect((await ping(session, byOwner.access_token)).status).toBe(200);
    const shut = await call(`/tool_router/session/${session}/mcp_access`, { method: 'DELETE' });
    expect(shut.body).toEqual({ revoked: 1 });
    await isOut(byOwner.access_token, 401);

    const byClient = await enter();
    await call(client.metadata.revocation_endpoint, {
      apiKey: null,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: byClient.refresh_token }).toString(),
    });
    await isOut(byClient.access_token, 401);

    const last = await enter();
    expect((await ping(session, last.access_token)).status).toBe(200);
    await call(`/tool_router/session/${session}`, { method: 'DELETE' });
    await eventually(async () =>
      expect([401, 404]).toContain((await ping(session, last.access_token)).status),
    );
  });

  it('is never sent to an address that it did not register', async () => {
    const client = await OAuthClient.at();
    const page = await fetch(client.authorizeUrl({ redirect_uri: 'https://elsewhere.example/steal' }));
    expect(page.status).toBe(400);
    const text = await page.text();
    expect(text).toContain('did not register this address');
    expect(text).not.toContain('http-equiv="refresh"');
    const body = { redirect_uris: ['javascript:alert(1)'] };
    const refused = await call(client.metadata.registration_endpoint, { apiKey: null, body });
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
    // A program chooses its port when it starts.
    const moved = client.authorizeUrl({ redirect_uri: 'http://127.0.0.1:31337/callback' });
    expect((await fetch(moved)).status).toBe(200);
  });

  it('is not read about where the platform may not go, nor at a private host that toolkits may call', async () => {
    const { host } = new URL(environment.keyedUrl);
    for (const id of [
      'http://127.0.0.1:9/client.json',
      `${environment.keyedUrl}/client.json`,
      `https://${host}/client.json`,
      'https://100.64.0.1/client.json',
      'an-invented-id',
    ]) {
      const client = await OAuthClient.at(id, 'https://app.example/callback');
      const page = await fetch(client.authorizeUrl());
      expect(page.status).not.toBe(200);
      const text = await page.text();
      expect(text).not.toContain('http-equiv="refresh"');
      expect(text).not.toContain('Described');
    }
  });

  it('connects by the address alone: mcp-remote, with its user in a browser', async () => {
    const session = await newSession();
    const home = await mkdtemp(join(tmpdir(), 'patchbay-mcp-remote-'));
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [fileURLToPath(import.meta.resolve('mcp-remote/dist/proxy.js')), endpointOf(session)],
      env: { PATH: String(process.env['PATH']), MCP_REMOTE_CONFIG_DIR: home, HOME: home },
      stderr: 'pipe',
    });
    let said = '';
    transport.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const client = new Client({ name: 'a desktop', version: '1.0.0' });
    const browser = await launchBrowser();
    try {
      const connected = client.connect(transport);
      const address = await eventually(
        () => {
          const found = /(http\S+\/oauth\/authorize\S+)/.exec(said)?.[1];
          expect(found).toBeDefined();
          return String(found);
        },
        { timeout: 20_000 },
      );
      const page = await newPage(browser);
      await page.goto(address);
      await page.getByLabel('Access code').fill('WRONG');
      await page.getByRole('button', { name: /^Let/ }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Access code').fill(await accessCode(session));
      await page.getByRole('button', { name: /^Let/ }).click();
      await connected;
      expect((await client.listTools()).tools.map(({ name }) => name)).toContain('TIME_GET_CURRENT_TIME');
      expect(await client.callTool({ name: 'TIME_GET_CURRENT_TIME', arguments: {} })).toMatchObject({
        isError: false,
      });
    } finally {
      await client.close();
      await browser.close();
      await rm(home, { recursive: true, force: true });
    }
  });
});
