// What the gateway's MCP endpoint costs, beside the SDK's own server made for each request and beside a handler that
// checks nothing, in one run: `npm run mcp --workspace @patchbay/bench`.
import { parseArgs } from 'node:util';
import { startChild } from './child.mjs';
import { median } from './statistics.mjs';

const AT_ONCE = 64;
const NAMES = { plain: 'plain JSON-RPC', patchbay: 'the gateway’s endpoint', sdk: 'an SDK server a request' };
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'BENCH_READ', arguments: {} } };

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '1.5' } },
});
const running = [];
const start = async (...args) => {
  const child = await startChild(...args);
  running.push(child);
  return child;
};

try {
  const upstream = await start('upstream.mjs');
  const load = await start('load.mjs');
  const targets = {};
  for (const kind of Object.keys(NAMES)) {
    const { url } = await start('mcp-server.mjs', [kind, upstream.url]);
    targets[kind] = {
      origin: url,
      path: '/mcp',
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(CALL),
    };
  }
  const press = async (kind, seconds) => {
    const figures = await load.ask({ target: targets[kind], atOnce: AT_ONCE, seconds });
    if (figures.failed > 0)
      throw new Error(`${kind}: ${figures.failed} failed, such as ${figures.errors[0]}`);
    return figures.perSecond;
  };
  const kinds = Object.keys(NAMES);
  const rounds = [];
  for (const kind of kinds) await press(kind, 2);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const figures = {};
    // In turn, so that whatever else the machine does falls on all of them.
    for (const kind of round % 2 ? kinds.toReversed() : kinds) {
      figures[kind] = await press(kind, Number(values.seconds));
    }
    rounds.push(figures);
  }
  process.stdout.write(`| ${AT_ONCE} at once | calls/s | against plain JSON-RPC |\n| --- | ---: | ---: |\n`);
  for (const kind of kinds) {
    const perSecond = median(rounds.map((figures) => figures[kind])).toFixed(0);
    const ratio = median(rounds.map((figures) => figures[kind] / figures.plain)).toFixed(2);
    process.stdout.write(`| ${NAMES[kind]} | ${perSecond} | ${ratio} |\n`);
  }
} finally {
  for (const child of running.toReversed()) await child.stop();
}
