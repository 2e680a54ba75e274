/**
 * `node e2e/scripts/kills.mjs [--seconds 120 | --all] [--at-once 50] [--only tools,nats] [--no-pairs]`: calls a
 * tool without pause while every service, NATS and Postgres are killed with SIGKILL, one at a time and in pairs,
 * and started again: as many as fit into the time and each alone at least once, or all of them. Then it compares
 * what the provider saw and what the client was told with the record.
 * Everything is on loopback and stops by itself. Exit code 1 when a count that must be 0 is not.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, startPlatform } from '@patchbay/local';
import { createTestHome } from '@patchbay/testing';
import { isWhole, linesOf, settingsForCounting, startCountedCalls } from './counted.calls.mjs';
import { startCountingProvider } from './counting.provider.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    all: { type: 'boolean', default: false },
    'at-once': { type: 'string', default: '50' },
    only: { type: 'string', default: [...serviceNames, 'nats', 'postgres'].join(',') },
    'no-pairs': { type: 'boolean', default: false },
  },
});
const seconds = values.all ? 0 : Number(values.seconds);
const atOnce = Number(values['at-once']);
const parts = values.only.split(',');

const home = await createTestHome();
const provider = await startCountingProvider();
const platform = await startPlatform({ home, env: await settingsForCounting(home, provider) });
let calls;
try {
  calls = await startCountedCalls(platform, provider, { atOnce });
  const kills = await killInTurn(Date.now() + seconds * 1_000);
  await calls.stop();
  await platform.untilReady();
  const counts = await calls.count();
  console.log([`${kills.length} rounds of kills: ${kills.join(' ')}`, ...linesOf(counts)].join('\n'));
  process.exitCode = isWhole(counts) ? 0 : 1;
} finally {
  await calls?.stop();
  await platform.stop();
  provider.close();
  if (process.exitCode === 0) await rm(home, { recursive: true, force: true });
  else console.log(`What the platform logged is in ${home}/logs`);
}

/** Each alone, then each with every other: all of them, or for as long as there is time and each alone at least once. */
async function killInTurn(deadline) {
  const alone = parts.map((part) => [part]);
  const pairs = values['no-pairs']
    ? []
    : parts.flatMap((part, index) => parts.slice(index + 1).map((other) => [part, other]));
  const rounds = [...alone, ...pairs];
  const done = [];
  const wanted = values.all ? rounds.length : alone.length;
  for (const round of rounds) {
    if (Date.now() > deadline && done.length >= wanted) break;
    const controls = round.map((part) => platform.services[part] ?? platform[part]);
    await Promise.all(controls.map((control) => control.stop('SIGKILL')));
    await delay(200 + Math.random() * 300);
    await Promise.all(controls.map((control) => control.start()));
    await platform.untilReady();
    // Some load on the whole platform before the next is killed.
    await delay(500);
    done.push(round.join('+'));
    if (values.all) console.error(`${done.length} of ${rounds.length}: ${done.at(-1)}`);
  }
  while (Date.now() < deadline) await delay(100);
  return done;
}
