// CPU profiles of processes of Node while they work, by the debugger that SIGUSR1 opens in them.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Writes `<prefix>-<name>.cpuprofile` for each process, of the time that the work takes.
 * @param {Record<string, number>} pids those that are no Node process are left out
 * @param {string} prefix
 * @param {() => Promise<unknown>} work
 */
export async function profile(pids, prefix, work) {
  const sessions = [];
  for (const [name, pid] of Object.entries(pids)) {
    if (!isNode(pid)) continue;
    sessions.push({ name, ...(await attach(name, pid)) });
  }
  for (const { ask } of sessions) {
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', { interval: 500 });
    await ask('Profiler.start');
  }
  await work();
  for (const { name, ask, close } of sessions) {
    const { profile: found } = await ask('Profiler.stop');
    await writeFile(`${prefix}-${name}.cpuprofile`, JSON.stringify(found));
    close();
  }
}

function isNode(pid) {
  return /\bnode\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0] + '\0');
}

/** The address is said in the service's log. */
async function attach(name, pid) {
  const [, home] = /PATCHBAY_HOME=([^\0]*)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8')) ?? [];
  const addressIn = () =>
    readFileSync(`${home}/logs/${name}.log`, 'utf8')
      .match(/ws:\/\/\S+/g)
      ?.at(-1);
  if (!addressIn()) process.kill(pid, 'SIGUSR1');
  for (let tries = 0; !addressIn() && tries < 200; tries += 1) await delay(50);
  const socket = new WebSocket(addressIn());
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  let last = 0;
  const waiting = new Map();
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(data);
    waiting.get(id)?.(result);
    waiting.delete(id);
  };
  const ask = (method, params = {}) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  return { ask, close: () => socket.close() };
}
