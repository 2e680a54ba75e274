// How long a search takes for who asks by HTTP, at catalogues of several sizes: node bench/search-http.mjs
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Patchbay } from '@patchbay/client';
import { startPlatform } from '@patchbay/local';
import { WITHOUT_LIMITS } from './patchbay.mjs';
import { press } from './pressure.mjs';
import { table } from './report.mjs';
import { labelledSentences } from './search/sentences.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '20000,100000' },
    /** Sentences that are asked at a time. */
    'at-once': { type: 'string', default: '1,8' },
  },
});
const ROUNDS = 3;
const MOST_SECONDS = 60;
const sentences = (await labelledSentences()).map(({ sentence }) => sentence);
const rows = [];
for (const size of values.sizes.split(',').map(Number)) rows.push(...(await measure(size)));
process.stdout.write(`${table([['tools', 'at once', 'searches', 'p50 ms', 'p99 ms'], ...rows])}\n`);

async function measure(size) {
  const home = await mkdtemp(join(tmpdir(), 'patchbay-bench-'));
  // The embedded Postgres runs as a user of its own, who must be able to reach its folder in here.
  await chmod(home, 0o755);
  const module = join(home, 'crowd.mjs');
  const crowd = new URL('search/crowd.mjs', import.meta.url).href;
  await writeFile(module, `import { crowdOf } from '${crowd}';\nexport const toolkits = crowdOf(${size});\n`);
  process.stderr.write(`${size} tools …\n`);
  const platform = await startPlatform({
    home,
    env: { LOG_LEVEL: 'warn', PATCHBAY_TOOLKITS_MODULE: module, ...WITHOUT_LIMITS },
  });
  try {
    const api = new Patchbay({ baseUrl: platform.localUrl, apiKey: platform.apiKey, timeoutMs: 60_000 });
    const { session_id } = await api.request('createSession', { body: { user_id: 'bench' } });
    const search = (use_case) =>
      api.request('searchSessionTools', {
        path: { sessionId: session_id },
        body: { queries: [{ use_case }] },
      });
    await warm(search);
    const measured = [];
    for (const atOnce of values['at-once'].split(',').map(Number)) {
      const { calls, p50, p99, failed, errors } = await figuresOf(search, atOnce);
      if (failed > 0) throw new Error(`${failed} of ${calls} searches failed: ${errors.join('; ')}`);
      measured.push([size, atOnce, calls, p50.toFixed(1), p99.toFixed(1)]);
    }
    return measured;
  } finally {
    await platform.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** Until the vectors of all tools are made, words alone tell what fits; and code that never ran is slow. */
async function warm(search) {
  for (const [index, sentence] of sentences.entries()) await search(`${sentence} before ${index}`);
}

/** Each sentence in words that did not come before. */
async function figuresOf(search, atOnce) {
  const left = Array.from({ length: ROUNDS }, (_, round) =>
    sentences.map((sentence, index) => `${sentence} number ${atOnce}${round}${index}`),
  ).flat();
  const ask = () =>
    search(left.pop()).then(
      () => undefined,
      (error) => error.message,
    );
  return press(ask, { atOnce, seconds: MOST_SECONDS, calls: left.length });
}
