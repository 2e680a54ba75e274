import { setTimeout as delay } from 'node:timers/promises';

const AT_ONCE = 4;
/** Between two calls of one caller: together some 40 a second, well within what a user may by default. */
const PAUSE_MS = 100;
/** An official client gives up then. */
const LIMIT_MS = 60_000;

/** Somebody of another project who calls a tool on and on, while others attack. */
export class Neighbour {
  /** @param {import('./client.mjs').Client} client @param {string} sessionId */
  constructor(client, sessionId) {
    this.client = client;
    this.sessionId = sessionId;
    this.number = 0;
  }

  /**
   * Calls for as long as the work takes, and at least so many times.
   * @param {() => Promise<unknown>} work
   */
  async callDuring(work, atLeast = 200) {
    const times = /** @type {number[]} */ ([]);
    const failures = /** @type {string[]} */ ([]);
    let isOver = false;
    const isDone = () => isOver && times.length + failures.length >= atLeast;
    const callers = Array.from({ length: AT_ONCE }, async () => {
      while (!isDone()) {
        await this.callOnce(times, failures);
        await delay(PAUSE_MS);
      }
    });
    try {
      return { result: await work(), times, failures };
    } finally {
      isOver = true;
      await Promise.all(callers);
    }
  }

  /** @param {number[]} times @param {string[]} failures */
  async callOnce(times, failures) {
    const repo = `repo-${(this.number += 1)}`;
    const began = performance.now();
    try {
      const { status, body } = await this.client.api(
        'POST',
        `/tool_router/session/${this.sessionId}/execute`,
        {
          body: { tool_slug: 'GITHUB_GET_A_REPOSITORY', arguments: { owner: 'neighbour', repo } },
          limitMs: LIMIT_MS,
        },
      );
      if (status === 200 && body.error === null && body.data?.name === repo)
        times.push(performance.now() - began);
      else failures.push(`${status} ${JSON.stringify(body).slice(0, 200)}`);
    } catch (error) {
      failures.push(String(error));
    }
  }
}

/** @param {number[]} times in milliseconds */
export function p99(times) {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.99) - 1)] ?? NaN;
}
