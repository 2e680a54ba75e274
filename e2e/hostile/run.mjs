/**
 * `node e2e/hostile/run.mjs [--short] [--only 'mail|page']`: attacks a platform of its own from every side, with a neighbour
 * beside it who calls on, and prints a table: attack, what the attacker got, how the neighbour fared. Exit code 1 when
 * an attack got what it must not, when a call of the neighbour failed, or when the memory did not come back.
 * Everything is on loopback, bounded, and stops by itself. See the README beside this file.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startArena } from './arena.mjs';
import { attacks } from './attacks/index.mjs';
import { memoryOfServices, totalOf } from './memory.mjs';
import { p99 } from './neighbour.mjs';

const { values } = parseArgs({
  options: {
    /** The attacks that take long are left out, the neighbour calls less, and memory is shown but not judged. */
    short: { type: 'boolean', default: false },
    /** Attacks whose name matches this. */
    only: { type: 'string', default: '' },
  },
});

/** Longer than the longest call takes to be answered, twice. */
const ATTACK_LIMIT_MS = 150_000;
const MEMORY_MAY_GROW = 1.1;
/** V8 gives back what was freed with its next full collection, which a service that has little to do is in no hurry for. */
const MEMORY_LIMIT_MS = 300_000;
const QUIET_CALLS = values.short ? 100 : 1_000;
const CALLS_AN_ATTACK = values.short ? 20 : 200;

const wanted = attacks.filter(
  ({ name, isLong }) => new RegExp(values.only).test(name) && !(values.short && isLong),
);
const rows = /** @type {string[][]} */ ([]);
const failures = /** @type {string[]} */ ([]);

const arena = await startArena();
try {
  const { neighbour } = arena;
  // Twice: the first time everything is cold, and nothing holds yet the memory that it needs to work.
  await neighbour.callDuring(async () => undefined, QUIET_CALLS);
  const quiet = await neighbour.callDuring(async () => undefined, QUIET_CALLS);
  const before = await memoryOfServices();
  const quietMs = p99(quiet.times);

  for (const attack of wanted) rows.push(await stage(attack, quietMs));

  // What the attacker added to his project is read again for as long as his servers answer.
  arena.provider.close();
  const after = await memoryBack(before, values.short ? 0 : MEMORY_LIMIT_MS);
  const ratio = totalOf(after) / totalOf(before);
  if (!values.short && ratio > MEMORY_MAY_GROW)
    failures.push(`The memory is ${ratio.toFixed(2)} times what it was`);
  print(
    ['attack', 'what the attacker got', "neighbour's p99 against its quiet p99", 'calls failed', 'MiB'],
    rows,
  );
  console.log(`${rows.length} attacks; the neighbour's quiet p99 was ${quietMs.toFixed(1)} ms`);
  const [held, left] = [totalOf(before), totalOf(after)].map((total) => total.toFixed(0));
  console.log(`memory of the services: ${held} MiB before, ${left} MiB after, ${ratio.toFixed(2)} times`);
  for (const [name, now] of Object.entries(after)) {
    console.log(`  ${name}: ${before[name]?.toFixed(0)} MiB before, ${now.toFixed(0)} MiB after`);
  }
  for (const failure of failures) console.log(`FAILED: ${failure}`);
  process.exitCode = failures.length === 0 && rows.length > 0 ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await arena.stop({ keepHome: process.exitCode !== 0 });
  if (process.exitCode !== 0) console.log(`What the platform logged is in ${arena.home}/logs`);
}

/** @param {import('./attacks/index.mjs').Attack} attack @param {number} quietMs */
async function stage({ name, run }, quietMs) {
  let peak = 0;
  const watch = setInterval(
    () => void memoryOfServices().then((now) => (peak = Math.max(peak, totalOf(now)))),
    500,
  );
  try {
    const {
      result,
      times,
      failures: failed,
    } = await arena.neighbour.callDuring(
      () => Promise.race([run(arena), notInTime()]).catch((/** @type {Error} */ error) => error),
      CALLS_AN_ATTACK,
    );
    if (result instanceof Error) failures.push(`${name}: ${result.message}`);
    if (failed.length > 0)
      failures.push(`${name}: ${failed.length} calls of the neighbour failed: ${failed[0]}`);
    const got = result instanceof Error ? `ESCAPED: ${result.message}` : String(result);
    const row = [
      name,
      got,
      (p99(times) / quietMs).toFixed(1),
      `${failed.length} of ${times.length + failed.length}`,
    ];
    if (!values.short) console.error(row.join(' | '));
    return [...row, peak.toFixed(0)];
  } finally {
    clearInterval(watch);
  }
}

async function notInTime() {
  await delay(ATTACK_LIMIT_MS, undefined, { ref: false });
  throw new Error(`it was not answered within ${ATTACK_LIMIT_MS / 1_000} s`);
}

/**
 * Waits until the services hold about what they held before; they go on serving the neighbour meanwhile.
 * @param {Record<string, number>} before @param {number} limitMs
 */
async function memoryBack(before, limitMs) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const now = await memoryOfServices();
    if (totalOf(now) <= totalOf(before) * MEMORY_MAY_GROW || Date.now() > deadline) return now;
    await arena.neighbour.callDuring(() => delay(1_000), 20);
  }
}

/** @param {string[]} head @param {string[][]} lines */
function print(head, lines) {
  const show = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '/').replaceAll('\n', ' ')).join(' | ')} |`;
  console.log(show(head));
  console.log(show(head.map(() => '---')));
  for (const line of lines) console.log(show(line));
}
