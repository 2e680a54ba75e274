/*
 * Checks docker-compose.yml and env.example against what the services read, without an engine and within seconds. From a
 * built repository: node infra/docker/check.mjs. What really builds and runs them is infra/verify/docker.mjs.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { complaints, readCompose } from './check/compose.mjs';
import { makeSecrets } from './check/secrets.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const composeFile = join(root, 'docker-compose.yml');
const example = readFileSync(join(here, 'env.example'), 'utf8');

const env = makeEnv();
const used = new Map();
const compose = readCompose(composeFile, env, used);
checkVariables();
await checkServices();
process.stdout.write(
  `ok    docker-compose.yml: ${Object.keys(compose.services).length} services, ${used.size} variables\n`,
);

function makeEnv() {
  const scratch = mkdtempSync(join(tmpdir(), 'patchbay-env-'));
  try {
    return makeSecrets(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function checkVariables() {
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
}

async function checkServices() {
  const apps = readdirSync(join(root, 'apps')).filter((name) => name !== 'console');
  const names = Object.keys(compose.services).filter((name) => existsSync(join(root, 'apps', name)));
  sameNames(names, apps, 'every app is a service, but for the pages of the console');
  const owners = ['AUTH', 'SESSIONS', 'TOOLS', 'WORKBENCH', 'LOGS', 'TRIGGERS'];
  const settings = { migrate: ['DATABASE_URL', ...owners.map((owner) => `DATABASE_URL_${owner}`)] };
  for (const name of names) {
    const file = join(root, 'apps', name, 'dist/config.js');
    const config = Object.values(await import(pathToFileURL(file).href)).find(({ shape }) => shape);
    settings[name] = Object.keys(config.shape);
  }
  assert.deepEqual([...complaints(compose, root, (name) => settings[name])], []);

  const { gateway, nats } = compose.services;
  const inConfig = readFileSync(join(root, 'infra/nats/nats.conf'), 'utf8').match(/(?<=\$)NATS_\w+/g);
  sameNames(Object.keys(nats.environment), inConfig, 'nats.conf gets its passwords');
  assert.equal(gateway.environment.HOST, '0.0.0.0');
  assert.ok(gateway.ports.length === 1 && gateway.ports[0].endsWith(`:${gateway.environment.PORT}`));
}

function sameNames(some, others, what) {
  assert.deepEqual(new Set(some), new Set(others), what);
}
