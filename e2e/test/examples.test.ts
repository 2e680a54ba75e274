import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
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

  it('stand in the pages as they are run, and no other code in their languages does', async () => {
    const shown = await codeBlocks();
    const files = await readdir(path('../examples'));
    const run = await Promise.all(files.map((file) => readFile(path(`../examples/${file}`), 'utf8')));
    expect(shown.toSorted()).toEqual(run.toSorted());
  });
});

/** The code in JavaScript and Python that the README and the pages show. */
async function codeBlocks(): Promise<string[]> {
  const pages = (await readdir(path('../../docs'))).filter((page) => page.endsWith('.md'));
  const files = ['../../README.md', ...pages.map((page) => `../../docs/${page}`)];
  const texts = await Promise.all(files.map((file) => readFile(path(file), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/```(?:js|python)\n(.*?)```/gs)].map(([, code]) => code!));
}
