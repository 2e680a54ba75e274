import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, runSql } from '@patchbay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine, type Ran } from '../support/cli.js';
import { environment, unique } from '../support/environment.js';
import { createProject } from '../support/http.js';
import { createPerson } from '../support/people.js';

interface Finding {
  subject: string;
  state: 'ok' | 'warning' | 'problem';
  message: string;
  remedy?: string;
}

let cli: CommandLine;
let folder: string;
beforeAll(async () => {
  cli = await CommandLine.create({ PATCHBAY_HOME: environment.home });
  folder = await mkdtemp(join(tmpdir(), 'patchbay-doctor-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Looks, and gives what it found by what it looked at. It ends with 7 exactly when there is a problem. */
async function doctor(env: Record<string, string | undefined> = {}): Promise<Record<string, Finding>> {
  const { code, stdout, stderr }: Ran = await cli.run(['doctor', '--json'], { env });
  expect(stderr).toBe('');
  const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean; findings: Finding[] };
  const problems = findings.filter(({ state }) => state === 'problem');
  expect({ code, healthy }).toEqual({ code: problems.length > 0 ? 7 : 0, healthy: problems.length === 0 });
  for (const { state, remedy } of findings) expect(Boolean(remedy)).toBe(state !== 'ok');
  return Object.fromEntries(findings.map((finding) => [finding.subject, finding]));
}

const as = (state: string, message: string | RegExp, remedy?: string | RegExp) => ({
  state,
  message: expect.stringMatching(message) as string,
  ...(remedy !== undefined && { remedy: expect.stringMatching(remedy) as string }),
});

describe('patchbay doctor, of the platform of this checkout', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { apiKey, id } = await createProject(unique('well'));
    const found = await doctor({ PATCHBAY_API_KEY: apiKey, PATCHBAY_USER_API_KEY: environment.userApiKey });
    for (const subject of [
      'Profiles', 'Settings', 'Node', 'Build', 'nats-server', 'Home', 'Disk', 'Secrets', 'Platform', 'Postgres', 'NATS',
      'Migrations', 'Connections', 'Address', 'Services', 'Clock', 'Public address', 'PATCHBAY_API_KEY', 'PATCHBAY_USER_API_KEY',
    ]) expect({ subject, ...found[subject] }).toMatchObject({ subject, state: 'ok' }); // prettier-ignore
    expect(id).toMatch(/^proj_/);
    const shown = await cli.run(['doctor']);
    expect(shown.stdout).toMatch(/^ok\tPostgres\tIt answers on port \d+\.\t$/m);
    expect(`${shown.stdout}${shown.stderr}`).not.toMatch(/oak_|uak_|ak_/);
  });

  it('names a service that hangs, and its log', async () => {
    const pid = processOf('apps/logs/dist/bundle/main.mjs');
    process.kill(pid, 'SIGSTOP');
    try {
      const found = await doctor();
      expect(found['Service logs']).toMatchObject(as('problem', /./, /logs\/logs\.log/));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await eventually(async () => expect((await doctor())['Services']).toMatchObject({ state: 'ok' }), {
      timeout: 30_000,
    });
  });

  it('sees what stands in the tables: events given up, events refused, tables of another version', async () => {
    const subject = unique('planted');
    const sql = (text: string) => runSql(environment.databaseUrl, text);
    const [{ note } = { note: '' }] = (await sql(
      `select obj_description('sessions.migrations'::regclass) as note`,
    )) as { note: string }[];
    await sql(
      `insert into sessions.dead_letters (origin, event_id, subject, reason, body, bytes) values ('outbox', '${subject}', '${subject}', 'planted', '', 0)`,
    );
    await sql(
      `insert into sessions.outbox (event_id, subject, body, attempts, retry_at) values ('${subject}', '${subject}', '{}', 3, now() + interval '1 hour')`,
    );
    await sql(`comment on table sessions.migrations is 'of another version'`);
    try {
      const found = await doctor();
      expect(found['Dead letters']).toMatchObject(as('problem', /sessions \d/, /dead_letters/));
      expect(found['Outbox']).toMatchObject(as('problem', /refuses events: .*sessions \d/));
      expect(found['Migrations']).toMatchObject(as('warning', 'not known', 'Start Patchbay again'));
    } finally {
      await sql(`delete from sessions.dead_letters where event_id = '${subject}'`);
      await sql(`delete from sessions.outbox where event_id = '${subject}'`);
      await sql(`comment on table sessions.migrations is '${note}'`);
    }
  });

  it('tries the keys that would be sent, and looks at who else can read them', async () => {
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    const { key } = await createPerson({ role: 'viewer' }, { expires_at: expires });
    const keys = { PATCHBAY_API_KEY: 'ak_nobody-has-this-key', PATCHBAY_USER_API_KEY: key };
    expect(await cli.run(['login', '--with-key'], { input: key })).toMatchObject({ code: 0 });
    await chmod(cli.configFile, 0o644);
    const found = await doctor(keys);
    expect(found['PATCHBAY_API_KEY']).toMatchObject(as('problem', 'not taken'));
    expect(found['PATCHBAY_USER_API_KEY']).toMatchObject(as('warning', expires, 'keys create --own'));
    expect(found['Profile default']).toMatchObject({ state: 'warning' });
    expect(found['Profiles']).toMatchObject(as('problem', 'other users', /chmod 600/));
    await writeFile(cli.configFile, '{');
    expect((await doctor())['Profiles']).toMatchObject(as('problem', 'cannot be read'));
    await rm(cli.configFile);
  });
});

describe('patchbay doctor, of one that does not run', () => {
  const elsewhere = (home: string, more: Record<string, string> = {}) =>
    doctor({ PATCHBAY_URL: undefined, PATCHBAY_HOME: home, PORT: String(freePort), ...more });
  let freePort = 0;
  beforeAll(async () => {
    const { port, close } = await listen(() => undefined);
    close();
    freePort = port;
  });

  it('says so, and what keeps it from being started', async () => {
    const found = await elsewhere(join(folder, 'nothing'));
    expect(found['Platform']).toMatchObject(as('problem', 'Nothing runs', 'npm start'));
    const { port, close } = await listen(() => undefined);
    const taken = await elsewhere(join(folder, 'nothing'), { PORT: String(port) });
    close();
    expect(taken['Platform']).toMatchObject(as('problem', `Port ${port} .* is in use`));
    const wrong = await elsewhere(join(folder, 'nothing'), {
      PUBLIC_URL: 'patchbay.example',
      PATCHBAY_STOP_SECONDS: '1',
    });
    expect(wrong['Settings']).toMatchObject(
      as('problem', /PUBLIC_URL must[^]*PATCHBAY_STOP_SECONDS must/, 'PUBLIC_URL='),
    );
  });

  it('says what is wrong with its secrets', async () => {
    const home = join(folder, 'home');
    const file = join(home, 'secrets.json');
    await mkdir(join(home, 'postgres'), { recursive: true });
    expect((await elsewhere(home))['Secrets']).toMatchObject(as('problem', 'is missing', 'backup'));
    await writeFile(file, '{"apiKey":', { mode: 0o600 });
    expect((await elsewhere(home))['Secrets']).toMatchObject(as('problem', 'cannot be read', 'backup'));
    await writeFile(file, JSON.stringify({ encryptionKeys: 'c2hvcnQ=', apiKey: 'ak_of_a_test' }));
    expect((await elsewhere(home))['Secrets']).toMatchObject(
      as('problem', /encryptionKeys has to be base64 keys of 32 bytes/),
    );
    await writeFile(file, JSON.stringify({ encryptionKeys: Buffer.alloc(32).toString('base64') }));
    await chmod(file, 0o644);
    expect((await elsewhere(home))['Secrets']).toMatchObject(as('problem', 'other users', /chmod 600/));
    expect((await stat(file)).mode & 0o777).toBe(0o644);
  });
});

describe('patchbay doctor, of what answers at an address', () => {
  const answering = async (handler: RequestListener) => {
    const { port, close } = await listen(handler);
    try {
      return await doctor({
        PATCHBAY_URL: `http://127.0.0.1:${port}`,
        PATCHBAY_HOME: join(folder, 'nothing'),
      });
    } finally {
      close();
    }
  };
  const json =
    (body: unknown, headers: Record<string, string> = {}): RequestListener =>
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
  const well = { status: 'ok', services: { auth: 'ok' } };

  it.each<[string, RequestListener, string, RegExp]>([
    ['something else', (_, response) => response.end('<html>'), 'Address', /is not Patchbay/],
    ['a redirect', (_, response) => response.writeHead(301, { location: 'https://new.example/' }).end(), 'Address', /leads to https:\/\/new\.example/],
    ['another clock', json(well, { date: new Date(Date.now() - 600_000).toUTCString() }), 'Clock', /\d+ s ahead/],
    ['a service in need', json({ status: 'unavailable', services: { auth: 'postgres: connection refused', tools: 'ok' } }), 'Service auth', /postgres: connection refused/],
    ['a stop', json({ status: 'stopping', services: {} }), 'Services', /stopping/],
    ['links to nowhere', json({ ...well, issuer: 'https://patchbay.invalid' }), 'Public address', /patchbay\.invalid is not known/],
  ])('sees %s', async (_, handler, subject, message) => {
    expect((await answering(handler))[subject]).toMatchObject(as('problem', message));
  }); // prettier-ignore

  it('warns of links that are not encrypted', async () => {
    const found = await answering(json({ ...well, issuer: 'http://patchbay.example' }));
    expect(found['Public address']).toMatchObject(as('warning', 'not encrypted', 'PUBLIC_URL=https'));
  });

  it('sees that nobody answers', async () => {
    const { port, close } = await listen(() => undefined);
    close();
    const found = await doctor({
      PATCHBAY_URL: `http://127.0.0.1:${port}`,
      PATCHBAY_HOME: join(folder, 'nothing'),
    });
    expect(found['Address']).toMatchObject(as('problem', 'Nothing listens', 'Start Patchbay'));
  });
});

async function listen(handler: RequestListener): Promise<{ port: number; close: () => void }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** The process of this worker's platform that runs the program. */
function processOf(program: string): number {
  const isIt = (pid: string) => {
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program) &&
        readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`PATCHBAY_HOME=${environment.home}`)
      );
    } catch {
      return false;
    }
  };
  return Number(readdirSync('/proc').find((name) => /^\d+$/.test(name) && isIt(name)));
}

describe('patchbay doctor toolkit', () => {
  let apiKey: string;
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('tried')));
  });
  async function tried(slug: string, code: number): Promise<Record<string, Finding>> {
    const ran = await cli.run(['doctor', 'toolkit', slug, '--json'], { env: { PATCHBAY_API_KEY: apiKey } });
    expect({ stderr: ran.stderr, code: ran.code }).toEqual({ stderr: '', code });
    const { findings } = JSON.parse(ran.stdout) as { findings: Finding[] };
    return Object.fromEntries(findings.map((finding) => [finding.subject, finding]));
  }

  it('says what a server of a vendor says of its sign-in, and what is to be done for its tools', async () => {
    const found = await tried('signvendor', 0);
    expect(found['Toolkit']).toMatchObject(as('ok', /vendor_mcp, from .+ not yet tried/));
    expect(found['Sign-in']).toMatchObject(as('ok', /by DCR_OAUTH/));
    expect(found['Tools']).toMatchObject(as('warning', /nobody/, /links create signvendor/));
  });

  it('counts the tools and looks at the schemas of one that is open to all', async () => {
    const found = await tried('openvendor', 0);
    expect(found['Sign-in']).toMatchObject(as('ok', /none/));
    expect(found['Tools']).toMatchObject(as('ok', /lists 3, of which 3/));
    expect(found['Schemas']).toMatchObject(as('ok', /as they are/));
  });

  it.each([
    ['awayvendor', 'Server', 'problem', /127\.0\.0\.1/, 7],
    ['nowhere', 'Toolkit', 'problem', /no toolkit nowhere/, 7],
    ['linear', 'Server', 'warning', /no MCP server/, 0],
  ] as const)('says what is wrong with %s', async (slug, subject, state, words, code) => {
    expect((await tried(slug, code))[subject]).toMatchObject(as(state, words, /./));
  });
});
