import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The suite's releases: the first for the versions with a handshake, the other for those after. */
export type SuitePackage = 'mcp-conformance-2025' | '@modelcontextprotocol/conformance';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export interface SuiteResult {
  /** 0 when each scenario passed, or failed as its baseline says it must. */
  code: number | null;
  output: string;
}

/** Runs every server scenario that the suite has for a version of the protocol against an endpoint. */
export async function runConformance(
  suite: SuitePackage,
  version: string,
  url: string,
): Promise<SuiteResult> {
  const results = await mkdtemp(join(tmpdir(), 'patchbay-conformance-'));
  try {
    const script = fileURLToPath(import.meta.resolve(`${suite}/dist/index.js`));
    const what = ['server', '--url', url, '--suite', 'all', '--spec-version', version];
    const baseline = here(`./not-offered.${version}.yml`);
    const files = ['--expected-failures', baseline, '--output-dir', results];
    const args = [script, ...what, ...files];
    const first = await run(args);
    // The suite gives some answers half a second, which a machine that is busy with other tests may not have.
    return first.code === 0 ? first : await run(args);
  } finally {
    await rm(results, { recursive: true, force: true });
  }
}

function run(args: string[]): Promise<SuiteResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
