import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** With the lock that schemathesis is installed by, its settings and its hooks. */
export const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** @type {typeof import('./run.d.mts').fuzz} */
export async function fuzz(python, platform, options) {
  const { phases, examples, workers = 1, seed = 1, operations, address, signal } = options;
  const keys = await prepareFooting(platform);
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-fuzz-'));
  const [reportFile, countsFile] = [join(folder, 'report.json'), join(folder, 'counts.json')];
  try {
    const child = spawn(
      python,
      [
        '-m',
        'schemathesis.cli',
        `--config-file=${join(FOLDER, 'schemathesis.toml')}`,
        'run',
        `${platform.baseUrl}/api/v3.1/openapi.json`,
        '--no-color',
        `--phases=${phases}`,
        `--max-examples=${examples}`,
        `--workers=${workers}`,
        `--seed=${seed}`,
        '--generation-database=none',
        `--report-json-path=${reportFile}`,
        ...(operations ? [`--include-operation-id-regex=^(${operations.join('|')})$`] : []),
      ],
      {
        cwd: folder,
        env: {
          ...process.env,
          ...keys,
          ...(address && { FUZZ_ADDRESS: address }),
          FUZZ_COUNTS: countsFile,
          SCHEMATHESIS_HOOKS: 'hooks',
          PYTHONPATH: FOLDER,
          PYTHONDONTWRITEBYTECODE: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(signal && { signal }),
      },
    );
    const ended = new Promise((resolve) => child.once('close', resolve));
    // That it was stopped, or is not there: then there is no report.
    child.once('error', () => undefined);
    const output = (await Promise.all([text(child.stdout), text(child.stderr)])).join('\n');
    await ended;
    const report = await readJson(reportFile);
    const counts = await readJson(countsFile);
    if (!report || !counts) throw new Error(`schemathesis did not come to its end:\n${output.slice(-5_000)}`);
    const { tested } = report.operations;
    return { operations: tested, ...counts, failures: report.failures, errors: report.errors, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
async function readJson(file) {
  const written = await readFile(file, 'utf8').catch(() => undefined);
  return written === undefined ? undefined : JSON.parse(written);
}

/** @param {{ baseUrl: string, orgApiKey: string }} platform */
async function prepareFooting({ baseUrl, orgApiKey }) {
  const ask = async (/** @type {string} */ path, /** @type {object | undefined} */ body) => {
    const response = await fetch(`${baseUrl}/api/v3.1/org/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', 'x-org-api-key': orgApiKey },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const post = (/** @type {string} */ path, /** @type {object} */ body) => ask(path, body);
  /** The ids of a list, all pages of it. */
  const idsOf = async (/** @type {string} */ path) => {
    const ids = /** @type {string[]} */ ([]);
    for (let cursor = ''; ;) {
      const page = await ask(
        `${path}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        undefined,
      );
      ids.push(...(page.data ?? page.items).map((/** @type {{ id: string }} */ { id }) => id));
      if (!page.next_cursor) return ids;
      cursor = page.next_cursor;
    }
  };
  // What lists show is what the fuzzer asks for next: the projects of other tests are no more its own than these.
  const others = [...(await idsOf('owner/project/list')), ...(await idsOf('people'))];
  const name = `fuzzing-${Date.now()}`;
  const project = await post('owner/project/new', { name, should_create_api_key: true });
  const person = await post('people', { email: `${name}@example.com`, role: 'owner' });
  const key = await post(`people/${person.id}/keys`, { name });
  return {
    FUZZ_PROJECT_KEY: project.api_key,
    FUZZ_ORGANISATION_KEY: orgApiKey,
    FUZZ_USER_KEY: key.key,
    FUZZ_FOOTING: JSON.stringify([project.id, person.id, key.id, ...others]),
  };
}
