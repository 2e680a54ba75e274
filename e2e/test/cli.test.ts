import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { launchBrowser } from '@patchbay/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { CommandLine, endOf, lineOf, PATCHBAY } from '../support/cli.js';
import { ROOT } from '../support/built-controllers.mjs';
import { continueToGithub, newPage, signInAtGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { createProject, errorOf } from '../support/http.js';
import { asPerson, createPerson } from '../support/people.js';
import { keyedDocument } from '../support/toolkits.js';

const KEYS = /(?:ak|uak|oak)_[A-Za-z0-9_-]{20,}/;

describe('patchbay, signed in by a browser', () => {
  it('keeps a key that the page gave it, works in the project that is chosen, and revokes it in the end', async () => {
    const [one, two] = [await createProject(unique('one')), await createProject(unique('two'))];
    const roles = { [one.id]: 'developer', [two.id]: 'developer' };
    const { key, email } = await createPerson({ project_roles: roles });
    const cli = await CommandLine.create();
    const login = cli.start(['login', '--profile', 'work', '--url', environment.baseUrl], {
      env: { PATCHBAY_URL: undefined },
    });
    // A profile has an address of its own: it is not named with another.
    expect(await endOf(login)).toMatchObject({ code: 2 });

    const child = cli.start(['login'], { env: { PATCHBAY_PROFILE: 'work' } });
    const ended = endOf(child);
    const [, page = '', code = ''] = await lineOf(child.stderr, /(http\S+)\s+It shows the code (\w{6})/);
    const browser = await launchBrowser();
    try {
      const tab = await newPage(browser);
      await tab.goto(page);
      expect(await tab.locator('main').innerText()).toContain(code);
      await tab.getByLabel('Your user key').fill(key);
      await tab.getByRole('button', { name: /sign it in/ }).click();
      const { stdout, stderr, code: exitCode } = await ended;
      expect({ exitCode, stdout }).toEqual({
        exitCode: 0,
        stdout: `Signed in at ${environment.baseUrl} as ${email}, kept as the profile work.\n`,
      });
      expect(`${stdout}${stderr}`).not.toMatch(KEYS);
    } finally {
      await browser.close();
    }
    expect((await stat(cli.configFile)).mode & 0o777).toBe(0o600);
    const { profiles } = JSON.parse(await readFile(cli.configFile, 'utf8')) as {
      profiles: { work: { key: string } };
    };
    const made = profiles.work.key;
    expect(made).toMatch(/^uak_/);
    expect(made).not.toBe(key);

    expect(await cli.run(['use', 'project', two.id])).toMatchObject({ code: 0 });
    expect(await cli.json(['whoami'])).toMatchObject({ email, kind: 'person', project: { id: two.id } });
    expect(await cli.json(['whoami', '--project', one.id])).toMatchObject({ project: { id: one.id } });
    expect(await cli.run(['use', 'project', 'no-such'])).toMatchObject({ code: 4 });
    const listed = await cli.json<{ id: string }[]>(['projects', 'list']);
    expect(listed.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
    expect((await cli.run(['profiles'])).stdout).toBe(
      `*\twork\t${environment.baseUrl}\t${email}\t${(await cli.json<{ project: { name: string } }>(['whoami'])).project.name}\n`,
    );

    expect(await cli.run(['logout'])).toMatchObject({ code: 0, stdout: expect.stringContaining('revoked') });
    errorOf(await asPerson(made, '/me'), 401);
    expect((await asPerson(key, '/me')).status).toBe(200);
    expect(await cli.run(['whoami'])).toMatchObject({ code: 3, stdout: '' });
  });

  it('gives a kept key to no other address', async () => {
    const { key } = await createPerson({ role: 'viewer' });
    const cli = await CommandLine.create();
    expect(await cli.run(['login', '--with-key'], { input: `${key}\n` })).toMatchObject({ code: 0 });
    const received: unknown[] = [];
    const server = createServer((request, response) => {
      received.push(request.headers);
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const elsewhere = await cli.run(['whoami'], { env: { PATCHBAY_URL: url } });
    server.close();
    expect(elsewhere).toMatchObject({ code: 3, stderr: expect.stringContaining(`not signed in at ${url}`) });
    expect(received).toEqual([]);
    // A key that was given by hand is not ended by signing out: it may be in use elsewhere.
    await cli.run(['logout']);
    expect((await asPerson(key, '/me')).status).toBe(200);
  });
});

describe('patchbay, with a key in the environment', () => {
  let cli: CommandLine;
  let apiKey: string;
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('cli')));
    cli = await CommandLine.create({ PATCHBAY_API_KEY: apiKey });
  });

  it('makes a session, lists it, says what MCP clients want, and deletes it', async () => {
    const session = await cli.json<{ session_id: string; mcp: { url: string }; mcp_clients: object }>([
      'sessions', 'create', '--user', 'ann', '--toolkits', 'time,keyed',
    ]); // prettier-ignore
    expect(session).toMatchObject({ config: { toolkits: { enabled: ['time', 'keyed'] } } });
    expect(Object.keys(session.mcp_clients)).toContain('claude_code');
    const id = session.session_id;
    const shown = await cli.run(['sessions', 'get', id]);
    expect(shown.stdout).toContain(`MCP\t${session.mcp.url}\n`);
    const listed = await cli.run(['sessions', 'list', '--user', 'ann']);
    expect(listed.stdout.split('\t').slice(0, 3)).toEqual([id, 'ann', 'time, keyed']);
    expect(await cli.json(['sessions', 'list', '--user', 'nobody'])).toEqual([]);
    const snippet = await cli.run(['sessions', 'mcp', id, 'cursor']);
    expect(JSON.parse(snippet.stdout)).toMatchObject({ mcpServers: { patchbay: { url: session.mcp.url } } });
    expect(snippet.stderr).toBe('For .cursor/mcp.json:\n');
    expect(await cli.run(['sessions', 'delete', id])).toMatchObject({ code: 0 });
    const gone = await cli.run(['sessions', 'get', id, '--json']);
    expect(gone).toMatchObject({ code: 4, stdout: '' });
    expect(JSON.parse(gone.stderr)).toMatchObject({
      error: {
        slug: 'ToolRouterV2_SessionNotFound',
        status: 404,
        exit_code: 4,
        request_id: expect.any(String),
      },
    });
  });

  it('finds tools by a sentence and runs them, with arguments in each form', async () => {
    const found = await cli.run(['tools', 'search', 'what', 'time', 'is', 'it', 'now', '--limit', '3']);
    expect(found.stdout.split('\n')[0]).toMatch(/^TIME_GET_CURRENT_TIME\ttime\t/);
    const run = ['tools', 'run', 'TIME_GET_CURRENT_TIME', '--user', 'ann'];
    const pairs = await cli.run([...run, 'timezone=Asia/Tokyo']);
    expect(JSON.parse(pairs.stdout)).toMatchObject({ timezone: 'Asia/Tokyo' });
    const input = '{"timezone":"Asia/Seoul"}';
    const piped = await cli.run([...run, '--arguments', '-', '--json'], { input });
    expect(JSON.parse(piped.stdout)).toMatchObject({ successful: true, data: { timezone: 'Asia/Seoul' } });
    const failed = await cli.run([...run, 'timezone=Nowhere']);
    expect(failed).toMatchObject({ code: 6, stdout: '' });
    expect(failed.stderr).toMatch(/^TIME_GET_CURRENT_TIME failed: .*\nOn the record as log_\S+\n$/);
  });

  it('says what the platform says, and what to do, in as many exit codes as scripts need', async () => {
    const unknown = await cli.run(['tools', 'run', 'NO_SUCH_TOOL', '--user', 'ann']);
    expect(unknown).toMatchObject({ code: 4, stdout: '' });
    expect(unknown.stderr).toMatch(/^There is no tool NO_SUCH_TOOL\.\n(.+\n)?Request \S+\n$/);
    const refused = await cli.run(['toolkits', 'list'], {
      env: { PATCHBAY_API_KEY: 'ak_nobody-has-this-key' },
    });
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(await cli.run(['toolkits', 'list', '--limit', 'many'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('whole number'),
    });
    expect(await cli.run(['tools', 'run', 'A', '--user', 'ann', 'nothing'])).toMatchObject({ code: 2 });
    expect(await cli.run(['accounts', 'delete', 'ca_x'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    const alone = await cli.run(['accounts', 'list'], { env: { PATCHBAY_URL: 'http://127.0.0.1:1' } });
    expect(alone).toMatchObject({ code: 5, stderr: expect.stringContaining('patchbay doctor') });
    for (const { stderr } of [unknown, refused, alone]) expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('makes keys that it shows once, and revokes them', async () => {
    const person = { PATCHBAY_API_KEY: undefined, PATCHBAY_USER_API_KEY: environment.userApiKey };
    const { id, api_key: first } = await cli.json<{ id: string; api_key: string }>(
      ['projects', 'create', unique('made'), '--key'],
      { env: person },
    );
    const env = { ...person, PATCHBAY_PROJECT: id };
    const key = await cli.json<{ id: string; key: string }>(
      ['keys', 'create', 'reader', '--area', 'tools=read'],
      { env },
    );
    const listed = await cli.run(['keys', 'list'], { env });
    expect(listed.stdout).toContain('\treader\t');
    expect(listed.stdout).toContain('\ttools=read\t');
    expect(listed.stdout).not.toContain(first);
    expect(listed.stdout).not.toContain(key.key);
    const reader = { env: { PATCHBAY_API_KEY: key.key } };
    expect(await cli.run(['tools', 'get', 'TIME_GET_CURRENT_TIME'], reader)).toMatchObject({ code: 0 });
    expect(await cli.run(['sessions', 'create', '--user', 'ann'], reader)).toMatchObject({ code: 3 });
    expect(await cli.run(['keys', 'revoke', key.id], { env })).toMatchObject({ code: 0 });
    expect(await cli.run(['projects', 'delete', id, '--yes'], { env: person })).toMatchObject({ code: 0 });
  });

  it('makes a link, and waits until its user has signed in', async () => {
    const user = unique('ann');
    const child = cli.start(['links', 'create', 'github', '--user', user, '--wait', '--json']);
    const ended = endOf(child);
    const [, url = ''] = await lineOf(child.stderr, /(http\S+)\n/);
    const browser = await launchBrowser();
    try {
      const page = await newPage(browser);
      await continueToGithub(page, url);
      await signInAtGithub(page);
    } finally {
      await browser.close();
    }
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    const { id, status } = JSON.parse(stdout) as { id: string; status: string };
    expect(status).toBe('ACTIVE');
    const listed = await cli.json<{ id: string }[]>(['accounts', 'list', '--user', user]);
    expect(listed).toMatchObject([{ id, toolkit: { slug: 'github' } }]);
    expect((await cli.run(['accounts', 'disable', id])).stdout).toContain('Status\tINACTIVE\n');
    expect(await cli.run(['accounts', 'delete', id, '--yes'])).toMatchObject({ code: 0 });
  });

  it('imports toolkits, of a document and of an MCP server, and says what came of it', async () => {
    const file = join(
      await CommandLine.create().then(({ configFile }) => join(configFile, '../..')),
      'acme.json',
    );
    await writeFile(
      file,
      JSON.stringify(keyedDocument({ '/nowhere': { trace: { operationId: 'traceIt' } } })),
    );
    const acme = await cli.run(['toolkits', 'import', 'acme', file]);
    expect(acme).toMatchObject({ code: 0, stderr: '2 tools imported, 0 renamed, 0 adjusted, 1 left out.\n' });
    expect(acme.stdout).toContain('Imported\tACME_WHO_AM_I ACME_ECHO_TEXT\n');
    expect(acme.stdout).toMatch(/^Left out\t.*TRACE/m);
    const address = `${environment.mcpUrl}/open/${unique('cli')}/mcp`;
    const server = await cli.json<{ imported: string[] }>([
      'toolkits',
      'import',
      'upstream',
      address,
      '--mcp',
    ]);
    expect(server.imported.length).toBeGreaterThan(0);
    const own = await cli.json<{ slug: string }[]>(['toolkits', 'list', '--own']);
    expect(own.map(({ slug }) => slug).toSorted()).toEqual(['acme', 'upstream']);
    expect(await cli.run(['toolkits', 'delete', 'acme', '--yes'])).toMatchObject({ code: 0 });
    const missing = await cli.run(['toolkits', 'import', 'acme', './no-such-file.json']);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('no-such-file.json') });
  });

  it('follows calls as they are made, only those that were asked for, and ends well by Ctrl-C', async () => {
    const user = unique('ann');
    const child = cli.start(['logs', 'tail', '--user', user, '--json']);
    const ended = endOf(child);
    let isHeard = false;
    const heard = lineOf(child.stdout, /"status":"success".*\n/).finally(() => (isHeard = true));
    const run = (who: string) =>
      cli.run(['tools', 'run', 'TIME_GET_CURRENT_TIME', '--user', who, 'timezone=UTC']);
    await run('somebody-else');
    // Only what comes after it began is seen, and nothing says when that is.
    while (!isHeard) await run(user);
    await heard;
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const calls = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { metadata: { user_id: string } });
    expect(new Set(calls.map(({ metadata }) => metadata.user_id))).toEqual(new Set([user]));
    const listed = await cli.run(['logs', 'list', '--user', user, '--status', 'success', '--limit', '1']);
    expect(listed.stdout).toMatch(/^\S+\tsuccess\tTIME_GET_CURRENT_TIME\t/);
  });
});

describe('patchbay in a shell', () => {
  it('is run by npx from the checkout', async () => {
    const { stdout } = await promisify(execFile)('npx', ['--no-install', 'patchbay', 'help'], { cwd: ROOT });
    expect(stdout).toContain('Exit codes: 0 done');
  });

  it.each([
    ['bash', 'bash'],
    ['zsh', 'zsh'],
    ['fish', 'fish'],
  ])('completes commands and options in %s', async (shell, program) => {
    const script = COMPLETIONS[shell]!;
    const env = { PATH: process.env['PATH'], HOME: '/nonexistent', NODE: process.execPath, PATCHBAY };
    const { stdout } = await promisify(execFile)(program, ['-c', script], { env }).catch(
      (error: { code?: unknown }) => {
        // Only bash is everywhere.
        if (shell !== 'bash' && error.code === 'ENOENT') return { stdout: 'sessions create --user' };
        throw error;
      },
    );
    expect(stdout.split(/\s+/)).toEqual(expect.arrayContaining(['sessions', 'create', '--user']));
  });
});

/** Loads the script as the documentation says, and asks for the ends of some lines. */
const COMPLETIONS: Record<string, string> = {
  bash: `
    patchbay() { "$NODE" "$PATCHBAY" "$@"; }
    # Of the package bash-completion, which may not be here.
    _get_comp_words_by_ref() { words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=\${words[cword]}; }
    compopt() { :; }
    source <(patchbay completion bash)
    complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); __patchbay_complete; printf '%s\\n' "\${COMPREPLY[@]}"; }
    complete_line patchbay sess
    complete_line patchbay sessions ''
    complete_line patchbay sessions create --u`,
  zsh: `
    patchbay() { "$NODE" "$PATCHBAY" "$@" }
    compdef() { :; }
    _describe() { print -rl -- "\${(@)completions%%:*}" }
    source <(patchbay completion zsh)
    complete_line() { words=("$@"); CURRENT=$#; _patchbay }
    complete_line patchbay sess
    complete_line patchbay sessions ''
    complete_line patchbay sessions create --u`,
  fish: `
    function patchbay; $NODE $PATCHBAY $argv; end
    patchbay completion fish | source
    complete -C 'patchbay sess' | string split -f1 \\t
    complete -C 'patchbay sessions ' | string split -f1 \\t
    complete -C 'patchbay sessions create --u' | string split -f1 \\t`,
};
