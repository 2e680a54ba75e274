import { setTimeout as delay } from 'node:timers/promises';

/** Makes sessions without pause, each a write that is acknowledged. */
export function startSessions({ baseUrl, apiKey }, { pauseMs = 50 } = {}) {
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
  const path = `${baseUrl}/api/v3.1/tool_router/session`;
  const made = [];
  /** How often each other status came; `none`: the connection ended without an answer. */
  const refusals = {};
  let isOver = false;
  const running = makeUntilOver();

  async function makeUntilOver() {
    while (!isOver) {
      const body = JSON.stringify({ user_id: 'sessions', toolkits: { enable: ['github'] } });
      const answer = await fetch(path, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(30_000),
      }).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      if (answer?.ok && text) made.push(JSON.parse(text).session_id);
      else refusals[answer?.status ?? 'none'] = (refusals[answer?.status ?? 'none'] ?? 0) + 1;
      await delay(pauseMs);
    }
  }

  return {
    async stop() {
      isOver = true;
      await running;
    },
    /** Of those that were acknowledged, how many are not there. */
    async count() {
      let lost = 0;
      for (const id of made) {
        const answer = await fetch(`${path}/${id}`, { headers });
        if (!answer.ok) lost += 1;
        await answer.arrayBuffer();
      }
      return { made: made.length, lost, refusals };
    },
  };
}
