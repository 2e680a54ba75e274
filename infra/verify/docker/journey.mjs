import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const TRIGGER_LIMIT_MS = 90_000;

/** What a user of the platform does, from the outside: each step throws when it does not go as it should. */
export class Journey {
  /** @param provider sends a request to the outside that the platform sees, and gives its answer */
  constructor(baseUrl, secrets, provider) {
    Object.assign(this, { baseUrl, secrets, provider });
  }

  async call(
    path,
    { body, method = body ? 'POST' : 'GET', headers = { 'x-api-key': this.secrets.PATCHBAY_API_KEY } } = {},
  ) {
    return this.fetch(`/api/v3.1${path}`, { body, method, headers });
  }

  async fetch(path, { body, method, headers } = {}) {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(120_000),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return { response, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
  }

  async openSession() {
    const { body } = await this.call('/tool_router/session', { body: { user_id: 'ann' } });
    this.session = body;
    assert.match(body.session_id, /./);
    return body.session_id;
  }

  async connect() {
    const { body: config } = await this.call('/auth_configs', {
      body: {
        toolkit: { slug: 'github' },
        auth_config: { type: 'use_custom_auth', authScheme: 'BEARER_TOKEN', credentials: {} },
      },
    });
    const { body: account } = await this.call('/connected_accounts', {
      body: {
        auth_config: { id: config.auth_config.id },
        connection: {
          user_id: 'ann',
          state: { authScheme: 'BEARER_TOKEN', val: { status: 'ACTIVE', token: 'the-token-of-ann' } },
        },
      },
    });
    assert.equal(account.status, 'ACTIVE');
    this.account = account.id;
    return account.id;
  }

  async execute(slug, given) {
    const { body } = await this.call(`/tool_router/session/${this.session.session_id}/execute`, {
      body: { tool_slug: slug, arguments: given },
    });
    assert.equal(body.error, null, JSON.stringify(body));
    return body.data;
  }

  async callTool() {
    const data = await this.execute('GITHUB_LIST_COMMITS', { owner: 'octocat', repo: 'hello-world' });
    assert.match(JSON.stringify(data), /Change 1/);
    return 'GITHUB_LIST_COMMITS';
  }

  async useMcp() {
    const { mcp, session_id: id } = this.session;
    const client = new Client({ name: 'patchbay-verify', version: '1.0.0' });
    const url = new URL(new URL(mcp?.url ?? `/tool_router/${id}/mcp`).pathname, this.baseUrl);
    const headers = mcp?.headers ?? { 'x-api-key': this.secrets.PATCHBAY_API_KEY };
    await client.connect(
      new StreamableHTTPClientTransport(url, {
        requestInit: { headers: { 'x-api-key': this.secrets.PATCHBAY_API_KEY, ...headers } },
      }),
    );
    try {
      const { tools } = await client.listTools();
      const search = await client.callTool({
        name: 'COMPOSIO_MULTI_EXECUTE_TOOL',
        arguments: {
          tools: [{ tool_slug: 'GITHUB_LIST_COMMITS', arguments: { owner: 'octocat', repo: 'hello-world' } }],
        },
      });
      assert.ok(
        !search.isError && JSON.stringify(search).includes('Change 1'),
        JSON.stringify(search).slice(0, 500),
      );
      return `${tools.length} tools`;
    } finally {
      await client.close();
    }
  }

  /** As a browser does: the page, and a sign-in by a link whose session reads as its person. */
  async openConsole() {
    const page = await this.fetch('/console/');
    assert.match(page.response.headers.get('content-type'), /text\/html/);
    const script = /src="([^"]+\.js)"/.exec(page.body)?.[1];
    await this.fetch(new URL(script, `${this.baseUrl}/console/`).pathname);
    const asOrganisation = { 'x-org-api-key': this.secrets.PATCHBAY_ORG_API_KEY };
    const { body: people } = await this.call('/org/people', { headers: asOrganisation });
    const { body: link } = await this.call(`/org/people/${people.items[0].id}/sign-in-link`, {
      method: 'POST',
      headers: asOrganisation,
    });
    const sameOrigin = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', origin: this.baseUrl };
    const { response } = await this.call('/console/sign-in/link', {
      body: { token: link.token },
      headers: sameOrigin,
    });
    const [cookie] = response.headers.get('set-cookie').split(';');
    const { body: session } = await this.call('/console/session', { headers: { ...sameOrigin, cookie } });
    assert.match(JSON.stringify(session), /owner@patchbay\.local/);
    return people.items[0].email;
  }

  /** A commit comes into the repository, and the project's webhook is told. */
  async fireTrigger() {
    await this.call('/webhook_subscriptions', {
      body: { webhook_url: 'http://provider:8080/hook', enabled_events: ['composio.trigger.message'] },
    });
    const { body } = await this.call('/trigger_instances/GITHUB_COMMIT_EVENT/upsert', {
      body: {
        connected_account_id: this.account,
        trigger_config: { owner: 'octocat', repo: 'hello-world', interval: 1 },
      },
    });
    const began = Date.now();
    for (let pushed = false; Date.now() < began + TRIGGER_LIMIT_MS; await delay(500)) {
      const { body: page } = await this.call(`/trigger_instances/active?trigger_ids=${body.trigger_id}`);
      // The first look only remembers where the repository stands.
      if (!pushed && page.items[0]?.last_polled_at) pushed = Boolean(await this.provider('POST', '/push'));
      const [delivery] = JSON.parse(await this.provider('GET', '/deliveries'));
      if (delivery) {
        assert.equal(delivery.body.metadata.trigger_id, body.trigger_id);
        assert.equal(delivery.body.data.message, 'Change 2');
        assert.ok(delivery.headers['webhook-signature'], 'the delivery is signed');
        return;
      }
    }
    throw new Error(`no delivery within ${TRIGGER_LIMIT_MS / 1000} s`);
  }

  /** Python that keeps its variables, a command on the same files, and a call of a tool from inside. */
  async useWorkbench() {
    await this.python('import pandas\nframe = pandas.DataFrame({"n": [1, 2, 3]})');
    const data = await this.python(
      'open("/mnt/files/sum.txt", "w").write(str(frame.n.sum()))\nframe.n.sum()',
    );
    assert.match(JSON.stringify(data), /6/);
    const bash = await this.execute('COMPOSIO_REMOTE_BASH_TOOL', { command: 'cat /mnt/files/sum.txt' });
    assert.equal(bash.stdout, '6');
    const inside = 'run_composio_tool("GITHUB_LIST_COMMITS", {"owner": "octocat", "repo": "hello-world"})[1]';
    assert.deepEqual((await this.python(inside)).results, "''");
    return 'pandas, bash, a tool from inside';
  }

  async python(code) {
    const data = await this.execute('COMPOSIO_REMOTE_WORKBENCH', { code_to_execute: code });
    assert.deepEqual([data.error ?? '', data.stderr], ['', '']);
    return data;
  }
}
