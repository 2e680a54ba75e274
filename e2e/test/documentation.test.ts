import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession } from '../support/http.js';
import { recordOf } from '../support/record.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Under these names a reader's shell finds the programs. What other tests left may be found wrong by the doctor. */
const PROGRAMS = `
  curl() { command curl --fail-with-body -sS -m 20 "$@"; }
  patchbay() { "$NODE" "$ROOT/libs/cli/bin/patchbay.mjs" "$@"; }
  npx() { "$@" || [ "$2 $?" = 'doctor 7' ]; }
`;

/** What the answer of each command of the documentation holds, by what tells its block from the others. */
const ANSWERS: Record<string, RegExp> = {
  '/org/owner/project/new': /"api_key":"ak_/,
  '/api_keys"': /"key":"ak_/,
  '/logs/tool_execution"': /"logs":\[/,
  '/org/people"': /"email":"ada@example.com"/,
  '/story"': /"created"/,
  '/tool_execution/tail"': /^event: call$/m,
  '/triggers/events/tail"': /^:$/m,
  '/tool_execution/export': /^$/,
  '/org/incidents"': /"state":"(?:running|done)"/,
  '/org/dead_letters"': /"items":\[/,
  '/logs/audit?': /"items":\[/,
  '/logs/searches_without_call?': /"items":\[/,
  'explain=true': /"explanation":\{"words":\["what","tokyo"\]/,
  '/search_tunings/GITHUB_CREATE_AN_ISSUE"': /"aliases":\["file a bug","raise a ticket"\]/,
  '/webhook_subscriptions/event_types': /"event_type":"composio.trigger.message"/,
  '/usage/tool_calls"': /"key":"time","total_quantity":"\d+"/,
  '/mcp_access_codes': /"code":"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}"/,
  '/custom/toolkits/upsert"': /"imported":\["ACME_WHO_AM_I"\]/,
  'npx patchbay tools search': /"timezone": "Asia\/Tokyo"/,
  'npx patchbay whoami': /^Project\treader-/m,
  'npx patchbay doctor': /^ok\tAddress\t/m,
  'patchbay login --with-key': /^As\towner@/m,
  'patchbay tools search "open an issue': /^Name\tCreate an issue/m,
  '--user user_a --arguments -': /"successful": true/,
  'patchbay sessions create': /^claude mcp add/m,
  'patchbay links create': /^Link\thttp/m,
  'patchbay toolkits import': /^acme\t/m,
  'patchbay toolkits registry get': /^Name\tio\.github\.brave\/brave-search-mcp-server$/m,
  'patchbay toolkits registry search': /^io\.github\.PostHog\/mcp\t/m,
  '/mcp_registries/official/servers': /"name":"io\.github\.PostHog\/mcp"/,
  'patchbay logs list': /^$/,
  'patchbay triggers types': /^GITHUB_COMMIT_EVENT\t/m,
  'patchbay completion bash': /^$/,
};

/** Commands that other proofs run. */
const ELSEWHERE = [
  'bench/footprint.mjs', // by hand: it fills the machine; the tables that follow from it are checked below
  'npm start', // infra/local's tests start the same parts, observability.test.ts with metrics
  'npm test',
  'docker compose up', // infra/verify/docker.mjs
  'helm install', // infra/verify/kubernetes.mjs
  'helm upgrade', // infra/verify/kubernetes.mjs
  'kubectl -n patchbay wait', // of kubectl's own
  'install-packages.js', // apps/workbench/test/stdio.test.ts
  'docker build --target stdio-packages', // by hand: it takes an engine
  'apps/auth/dist/reseal.js', // apps/auth/src/vault/reseal.test.ts
  'apps/triggers/dist/reseal.js', // apps/triggers/src/vault/reseal.test.ts
  'infra/verify/backup.mjs', // infra/verify
  'infra/verify/incident.mjs', // infra/verify
  'e2e/hostile/run.mjs', // hostile.test.ts, in short
  'e2e/scripts/credential-race.mjs', // credential-race.test.ts, in short
  'patchbay doctor toolkit', // cli-doctor.test.ts
  'libs/database/dist/migrate.js', // each start, and infra/verify/docker.mjs
];

async function pagesOf(folder: string): Promise<string[]> {
  const files = await readdir(join(ROOT, folder));
  return files.filter((file) => file.endsWith('.md')).map((file) => join(folder, file));
}

async function shellBlocks(): Promise<string[]> {
  const files = await Promise.all(['docs', 'docs/operating'].map((folder) => pagesOf(folder)));
  const texts = await Promise.all(
    ['README.md', ...files.flat()].map((page) => readFile(join(ROOT, page), 'utf8')),
  );
  return texts.flatMap((text) => [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!));
}

let folder: string;
let variables: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-documentation-'));
  const project = await createProject(unique('reader'));
  variables = {
    PATCHBAY_URL: environment.baseUrl,
    PATCHBAY_API_KEY: project.apiKey,
    PATCHBAY_ORG_API_KEY: environment.orgApiKey,
    PATCHBAY_USER_API_KEY: environment.userApiKey,
    PROJECT_ID: project.id,
    SESSION_ID: await createSession({ user_id: 'user_a' }, project),
  };
  const recorded = { apiKey: project.apiKey };
  const logId = await tellTime();
  await eventually(async () => expect((await recordOf(logId, recorded)).status).toBe('success'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tellTime(): Promise<string> {
  const { body } = await call(`/tool_router/session/${variables['SESSION_ID']!}/execute`, {
    apiKey: variables['PATCHBAY_API_KEY']!,
    body: { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'UTC' } },
  });
  return z.object({ log_id: z.string() }).parse(body).log_id;
}

/** Runs a block as a reader would who has set the variables, until its output is as expected or it ends. */
async function run(block: string, expected: RegExp): Promise<string> {
  const script = block.replaceAll('https://api.acme.example', environment.keyedUrl);
  const child = spawn('bash', ['-euc', `${PROGRAMS}${script}`], {
    cwd: folder,
    env: { PATH: process.env['PATH'], NODE: process.execPath, ROOT, XDG_CONFIG_HOME: folder, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let complaint = '';
  let isStopped = false;
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    // A stream has no end of its own.
    if (block.includes('curl -N') && expected.test(output) && child.pid && !isStopped) {
      isStopped = true;
      process.kill(-child.pid);
    }
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0 && !isStopped) throw new Error(`${block}ended with ${String(code)}: ${output}${complaint}`);
  return output;
}

describe('the commands of the documentation', () => {
  it('are all run by a test', async () => {
    const known = [...Object.keys(ANSWERS), ...ELSEWHERE];
    const blocks = await shellBlocks();
    expect(blocks.filter((block) => !known.some((part) => block.includes(part)))).toEqual([]);
    expect(known.filter((part) => !blocks.some((block) => block.includes(part)))).toEqual([]);
  });

  it.each(Object.entries(ANSWERS))('answer as they say: %s', async (part, expected) => {
    const block = (await shellBlocks()).find((text) => text.includes(part))!;
    let isAnswered = false;
    const answered = run(block, expected).finally(() => (isAnswered = true));
    // A live subscriber sees only what comes after it began, and nothing says when that is.
    while (block.includes('curl -N') && !isAnswered) await tellTime();
    expect(await answered).toMatch(expected);
  });
});

describe('docs/scaling.md', () => {
  it('has the tables that its arithmetic makes', () => {
    const { status } = spawnSync('node', ['bench/scaling.mjs', '--check'], { cwd: ROOT });
    expect(status, '`node bench/scaling.mjs --write` brings them up to date').toBe(0);
  });
});
