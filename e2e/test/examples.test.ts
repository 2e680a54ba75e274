import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { githubIssues, launchBrowser } from '@patchbay/testing';
import { continueToGithub, newPage, signInAtGithub } from '../support/connect.js';
import { customersVariables, environment } from '../support/environment.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Runs an example as a reader would; `onLine` may act while it waits for its user. */
async function run(example: string, onLine: (line: string) => void = () => undefined): Promise<string> {
  const child = spawn(process.execPath, [path(`../examples/${example}`)], {
    env: customersVariables,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 45_000,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const line of chunk.toString().split('\n')) onLine(line);
  });
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${example} ended with ${String(code)}:\n${output}`);
  return output;
}

/** What a person does with the link that the example prints. */
async function signIn(redirectUrl: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await newPage(browser);
    await continueToGithub(page, redirectUrl);
    await signInAtGithub(page);
  } finally {
    await browser.close();
  }
}

describe('the examples of the documentation', () => {
  it('connect an account and open an issue with the SDK', async () => {
    const before = (await githubIssues(environment.githubUrl, 'octocat', 'hello-world')).length;
    let signedIn: Promise<void> | undefined;
    const output = await run('session.mjs', (line) => {
      const url = /^Sign in here: (\S+)/.exec(line)?.[1];
      if (url) signedIn = signIn(url);
    });
    await signedIn;
    expect(output).toMatch(/Opened issue \d+/);
    expect(output).toContain('COMPOSIO_SEARCH_TOOLS');
    expect(await githubIssues(environment.githubUrl, 'octocat', 'hello-world')).toHaveLength(before + 1);
  });

  it('list and call tools with an MCP client', async () => {
    const output = await run('mcp-client.mjs');
    expect(output).toContain('COMPOSIO_MULTI_EXECUTE_TOOL');
    expect(output).toContain('Asia/Tokyo');
  });

  it('narrow a session, and change it', async () => {
    const output = await run('session-scope.mjs');
    expect(output).toContain('TIME_GET_CURRENT_TIME');
    expect(output).toContain('[Session Restriction]');
    expect(output).toContain('Version 2');
  });

  it("bring a tool of the caller's own", async () => {
    const output = await run('custom-tool.mjs');
    expect(output).toContain('LOCAL_LOOK_UP_CUSTOMER');
    expect(output).toContain("plan: 'gold'");
  });

  it('use the platform with the client of its own', async () => {
    const output = await run('client.mjs');
    expect(output).toContain("timezone: 'Asia/Tokyo'");
    expect(output).toContain("[ 'x-api-key' ]");
    expect(output).toMatch(/^404 \S+/m);
    expect(output).toContain('Sign in here: http');
  });

  it('believe deliveries that are signed', async () => {
    const secret = 'whsec_c2VjcmV0';
    const body = JSON.stringify({ id: 'msg_1', type: 'composio.trigger.message' });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const mac = createHmac('sha256', secret).update(`msg_1.${timestamp}.${body}`).digest('base64');
    const deliver = (port: string, signature: string) =>
      fetch(`http://127.0.0.1:${port}`, {
        method: 'POST',
        body,
        headers: {
          'webhook-id': 'msg_1',
          'webhook-timestamp': timestamp,
          'webhook-signature': signature,
        },
      });
    const child = spawn(process.execPath, [path('../examples/webhook.mjs')], {
      env: { ...customersVariables, WEBHOOK_SECRET: secret, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const port = /^Listening (\d+)/.exec((await lines.next()).value as string)![1]!;
      expect((await deliver(port, `v1,${mac.toLowerCase()}`)).status).toBe(401);
      expect((await deliver(port, `v1,${mac}`)).status).toBe(204);
      expect((await lines.next()).value).toBe('Delivered msg_1 composio.trigger.message');
    } finally {
      child.kill();
    }
  });

  it("go on with a user's session by an event alone", async () => {
    const secret = 'whsec_c2VjcmV0';
    const child = spawn(process.execPath, [path('../examples/on-event.mjs')], {
      env: { ...customersVariables, WEBHOOK_SECRET: secret, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const port = /^Listening (\d+)/.exec((await lines.next()).value as string)![1]!;
      const deliver = async (id: string, userId: string) => {
        const body = JSON.stringify({
          id,
          timestamp: new Date().toISOString(),
          type: 'composio.trigger.message',
          metadata: { trigger_slug: 'GITHUB_COMMIT_EVENT', user_id: userId },
          data: { message: 'Fix the build' },
        });
        const timestamp = String(Math.floor(Date.now() / 1000));
        const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
        const headers = {
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${mac}`,
        };
        const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body, headers });
        expect(answer.status).toBe(204);
      };
      const sessionOf = async (userId: string) => {
        let line = '';
        // The SDK says things of its own, as that there is a newer one.
        for (let said = await lines.next(); !said.done; said = await lines.next()) {
          line = said.value;
          if (line.startsWith('GITHUB_')) break;
        }
        expect(line).toMatch(new RegExp(`^GITHUB_COMMIT_EVENT of ${userId}: Fix the build trs_\\S+ `));
        return /trs_\S+/.exec(line)?.[0];
      };
      await deliver('msg_1', 'ann');
      const first = await sessionOf('ann');
      expect(first).toBeDefined();
      await deliver('msg_1', 'ann');
      await deliver('msg_2', 'ann');
      expect(await sessionOf('ann')).toBe(first);
      await deliver('msg_3', 'bob');
      const other = await sessionOf('bob');
      expect(other).toBeDefined();
      expect(other).not.toBe(first);
    } finally {
      child.kill();
    }
  });

  it('stand in the pages as they are run, and no other code in their languages does', async () => {
    const shown = await codeBlocks();
    const files = await readdir(path('../examples'));
    const run = await Promise.all(files.map((file) => readFile(path(`../examples/${file}`), 'utf8')));
    expect(shown.toSorted()).toEqual(run.toSorted());
  });
});

/** The code in JavaScript and Python that the READMEs and the pages show. */
async function codeBlocks(): Promise<string[]> {
  const pages = (await readdir(path('../../docs'))).filter((page) => page.endsWith('.md'));
  const files = [
    '../../README.md',
    '../../libs/client/README.md',
    ...pages.map((page) => `../../docs/${page}`),
  ];
  const texts = await Promise.all(files.map((file) => readFile(path(file), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/```(?:js|python)\n(.*?)```/gs)].map(([, code]) => code!));
}
