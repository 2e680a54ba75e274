import { Refusal } from '../preflight.mjs';
import { waitUntil } from './wait.js';
import type { ManagedProcess } from './managed-process.js';

const LIMIT_MS = 60_000;

/** Waits until a request can be served from end to end, or tells what stands in the way. */
export async function untilReady(
  url: string,
  services: ManagedProcess[],
  signal?: AbortSignal,
): Promise<void> {
  let answer = 'no answer yet';
  let ended: ManagedProcess | undefined;
  const ready = await waitUntil(
    async () => {
      ended = services.find((service) => service.wanted && service.pid === 0);
      if (ended) return true;
      const response = await ask(`${url}/health/ready`);
      answer = response.text;
      return response.ok;
    },
    { limitMs: LIMIT_MS, everyMs: 100, signal },
  );
  signal?.throwIfAborted();
  if (ended) {
    throw new Refusal(
      `${ended.name} ended (${ended.lastExit?.reason ?? 'unknown'}) before it was ready:
${ended.log.tail()}`,
      `All of its log: ${ended.log.path}`,
    );
  }
  if (!ready) {
    const logs = services.map((service) => `  ${service.log.path}`).join('\n');
    throw new Refusal(
      `Not ready after ${LIMIT_MS / 1000} s. ${url}/health/ready said: ${answer}`,
      `The logs:
${logs}`,
    );
  }
}

/** For one process of several that do the same: it says so in its log once it takes requests. */
export async function untilSaidReady(service: ManagedProcess): Promise<void> {
  const isReady = () => service.log.tail().includes('"msg":"ready"');
  const isOver = () => service.pid === 0 || isReady();
  if ((await waitUntil(isOver, { limitMs: LIMIT_MS })) && isReady()) return;
  const reason = service.pid === 0 ? `ended (${service.lastExit?.reason ?? 'unknown'})` : 'is not ready';
  throw new Refusal(
    `${service.name} ${reason}:\n${service.log.tail()}`,
    `All of its log: ${service.log.path}`,
  );
}

async function ask(url: string): Promise<{ ok: boolean; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return {
      ok: response.status === 200,
      text: `${response.status} ${(await response.text()).slice(0, 2_000)}`,
    };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { ok: false, text: cause instanceof Error ? cause.message : String(cause) };
  }
}
