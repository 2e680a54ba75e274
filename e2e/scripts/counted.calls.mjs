import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Patchbay } from '@patchbay/client';
import { followLink, writeOverrides } from '@patchbay/testing';

/** A call that is not answered any more must not hold its caller for long. */
const CALL_LIMIT_MS = 15_000;
const RECORD_LIMIT_MS = 120_000;
/** A caller whose platform is away asks again after a moment, as a client would that heeds `retry-after`. */
const AFTER_REFUSAL_MS = 100;

/**
 * What a platform needs to be given for calls to a provider that counts them.
 * @param {{ url: string }} provider of `counting.provider.mjs`
 */
export async function settingsForCounting(home, provider) {
  const github = {
    base_url: provider.url,
    oauth2: {
      client_id: 'app',
      client_secret: 'secret',
      authorization_url: `${provider.url}/authorize`,
      token_url: `${provider.url}/token`,
    },
  };
  return {
    PATCHBAY_TOOLKIT_OVERRIDES: await writeOverrides(home, { github }),
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: new URL(provider.url).host,
    LOG_LEVEL: 'warn',
    // One user calls as many do.
    PATCHBAY_LIMIT_PROJECT: '0',
    PATCHBAY_LIMIT_USER: '0',
  };
}

/**
 * Calls a tool without pause, each call with an id of its own, and compares afterwards what the provider saw and what
 * the client was told with the record.
 * @param {{ baseUrl: string, apiKey: string }} platform
 */
export async function startCountedCalls(platform, provider, { atOnce = 50, pauseMs = 0 } = {}) {
  const { baseUrl, apiKey } = platform;
  /** One platform may be called so more than once. */
  const prefix = `call-${randomBytes(3).toString('hex')}`;
  const told = { calls: 0, succeeded: new Set(), failures: [], longestSilenceMs: 0 };
  let lastSuccess = Date.now();
  let isOver = false;
  const session = await openSession();
  const load = Array.from({ length: atOnce }, () => callUntilOver());

  /** A session with an account that was connected as an app and its user's browser would. */
  async function openSession() {
    const patchbay = new Patchbay({ baseUrl, apiKey, timeoutMs: CALL_LIMIT_MS });
    const opened = await patchbay.sessions.create({ user_id: 'kills', toolkits: { enable: ['github'] } });
    const link = await opened.link('github');
    await followLink(link.redirect_url);
    return opened;
  }

  async function callUntilOver() {
    while (!isOver) {
      told.calls += 1;
      const id = `${prefix}-${told.calls}`;
      try {
        const { error } = await session.execute('GITHUB_GET_A_REPOSITORY', { owner: 'kills', repo: id });
        if (error !== null) throw new Error(error);
        told.succeeded.add(id);
        const now = Date.now();
        told.longestSilenceMs = Math.max(told.longestSilenceMs, now - lastSuccess);
        lastSuccess = now;
        if (pauseMs > 0) await delay(pauseMs);
      } catch (error) {
        told.failures.push({ id, at: Date.now(), status: error.status, text: String(error.message) });
        await delay(AFTER_REFUSAL_MS);
      }
    }
  }

  /** The record's rows by the call's own id, once all of those that reached the provider are there and have their end. */
  async function untilRecorded(reached, succeeded) {
    const deadline = Date.now() + RECORD_LIMIT_MS;
    for (;;) {
      const rows = await recordedCalls().catch(() => new Map());
      const isComplete =
        reached.every((id) => rows.has(id)) && succeeded.every((id) => rows.get(id)?.[0] === 'success');
      if (isComplete || Date.now() > deadline) return rows;
      await delay(1_000);
    }
  }

  const reachedIds = () => [...provider.calls.keys()].filter((id) => id.startsWith(prefix));

  async function recordedCalls() {
    const rows = new Map();
    const response = await fetch(`${baseUrl}/api/v3.1/logs/tool_execution/export`, {
      headers: { 'x-api-key': apiKey },
    });
    for (const line of (await response.text()).trimEnd().split('\n')) {
      const { status, data } = JSON.parse(line);
      const id = data.request.repo;
      if (id?.startsWith(prefix)) rows.set(id, [...(rows.get(id) ?? []), status]);
    }
    return rows;
  }

  return {
    told,
    async stop() {
      isOver = true;
      await Promise.all(load);
    },
    /** The counts so far, of which those from `missing` on must be empty; waits for the record. */
    async count() {
      const { calls } = told;
      const reached = reachedIds();
      const succeeded = [...told.succeeded];
      const rows = await untilRecorded(reached, succeeded);
      return {
        calls,
        succeeded: succeeded.length,
        recorded: rows.size,
        reached: reached.length,
        missing: reached.filter((id) => !rows.has(id)),
        wrong: succeeded.filter((id) => rows.get(id)?.[0] !== 'success'),
        twice: [...rows].filter(([, statuses]) => statuses.length > 1).map(([id]) => id),
      };
    },
  };
}

/** Whether nothing was lost, nothing is there twice, and anything succeeded at all. */
export function isWhole({ succeeded, missing, wrong, twice }) {
  return missing.length + wrong.length + twice.length === 0 && succeeded > 0;
}

/** @returns {string[]} lines for people */
export function linesOf({ calls, succeeded, recorded, reached, missing, wrong, twice }) {
  return [
    `${calls} calls, ${succeeded} told to have succeeded, ${recorded} on the record`,
    `${missing.length} of ${reached} calls that reached the provider have no row`,
    `${wrong.length} of ${succeeded} calls that succeeded are not recorded as succeeded`,
    `${twice.length} calls are recorded twice`,
    ...(missing.length > 0 ? [`without a row: ${missing.slice(0, 5).join(' ')}`] : []),
    ...(wrong.length > 0 ? [`not as succeeded: ${wrong.slice(0, 5).join(' ')}`] : []),
  ];
}
