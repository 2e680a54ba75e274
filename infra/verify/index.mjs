/*
 * What is said of production, on one machine: `node infra/verify/index.mjs [part …] [--short]`, from a built checkout, as root on
 * Linux. Runs each part (a script beside this one, which can be run alone), one after the other, and prints a table of what was
 * really run, what was only checked, and what was left out as a program is missing. Ends with 1 when something failed.
 *
 * --short: the short form of each part that has one, about a quarter of an hour where the programs that it takes are there already (~/.cache/patchbay-verify).
 */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * @typedef {{ name: string, how: 'run' | 'checked' | 'left out', ok: boolean, figure?: string }} Check
 * @typedef {{ about: string, needs: string[], minutes: number, short: string[] | undefined }} Part
 *   `needs`: programs that have to be there; `minutes`: after which it is ended; `short`: arguments of its short form
 */

/** @type {Record<string, Part>} */
const PARTS = {
  docker: {
    about: 'the image and docker-compose.yml',
    needs: ['podman', 'buildah', 'runc', 'podman-compose', 'debootstrap', 'go'],
    minutes: 60,
    short: ['--quick'],
  },
  kubernetes: {
    about: 'the Helm chart',
    needs: ['go', 'openssl'],
    minutes: 90,
    short: ['--without-api-server'],
  },
  nats: { about: 'NATS in a cluster', needs: ['go'], minutes: 45, short: ['--seconds', '10', '--no-suites'] },
  postgres: {
    about: 'Postgres: TLS, a standby, a pooler',
    needs: ['pgbouncer'],
    minutes: 30,
    short: ['--no-suites'],
  },
  upgrade: { about: 'from the last release and back', needs: ['git'], minutes: 45, short: undefined },
  backup: { about: 'backup and restore', needs: [], minutes: 20, short: [] },
  incident: { about: 'what has leaked is revoked', needs: [], minutes: 20, short: [] },
  keys: {
    about: 'keys wrapped by a key management service',
    needs: ['go', 'python3'],
    minutes: 30,
    short: [],
  },
};

const HOW = { run: 'really run', checked: 'checked', 'left out': 'left out' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}: ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}
const chosen = Object.entries(PARTS)
  .filter(([name]) => positionals.length === 0 || positionals.includes(name))
  .filter(([, { short }]) => !values.short || short !== undefined);

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
let isEnding = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => {
    isEnding = true;
    running?.kill(signal);
  });

/** @type {[string, Check[]][]} */
const found = [];
for (const [name, part] of chosen) {
  if (isEnding) break;
  found.push([name, await runPart(name, part)]);
}
process.stdout.write(`\n${tableOf(found)}\n`);
process.exitCode = isEnding ? 130 : found.every(([, checks]) => checks.every(({ ok }) => ok)) ? 0 : 1;

/**
 * @param {string} name @param {Part} part
 * @returns {Promise<Check[]>} those that the part tells on its last line
 */
async function runPart(name, { about, needs, minutes, short }) {
  const missing = needs.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
  if (missing.length > 0)
    return [{ name: about, how: 'left out', ok: true, figure: `${missing.join(', ')} is not here` }];
  process.stderr.write(`\n${name}: ${about} (${minutes} minutes at most)\n`);
  const file = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [file, ...(values.short ? (short ?? []) : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  const timer = setTimeout(() => child.kill('SIGTERM'), minutes * 60_000);
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise((resolve) => child.once('close', resolve));
  /** @type {Check[]} */
  let checks = [];
  for await (const line of lines) {
    if (line.startsWith('{"part"')) checks = JSON.parse(line).checks;
    else process.stderr.write(`  ${line}\n`);
  }
  const code = await ended;
  clearTimeout(timer);
  const isTold = checks.length > 0 && (code === 0 || checks.some(({ ok }) => !ok));
  return isTold ? checks : [...checks, { name: about, how: 'run', ok: false, figure: `ended with ${code}` }];
}

/**
 * The outcome as a table in Markdown.
 * @param {[string, Check[]][]} all by part
 */
function tableOf(all) {
  const rows = all.flatMap(([part, checks]) =>
    checks.map(({ name, how, ok, figure = '' }) => [part, name, ok ? HOW[how] : 'FAILED', figure]),
  );
  const lines = [['part', 'what', 'how', 'figure'], ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.map(cellOf).join(' | ')} |`).join('\n');
}

/** @param {string} text */
function cellOf(text) {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
