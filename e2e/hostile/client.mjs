/** A project of its own, used over the plain API. */
export class Client {
  /** @param {string} baseUrl @param {string} apiKey */
  constructor(baseUrl, apiKey) {
    this.baseUrl = baseUrl;
    this.apiKey = apiKey;
  }

  /**
   * @param {string} method @param {string} path below /api/v3.1, or a whole address
   * @param {{ body?: unknown, headers?: Record<string, string | undefined>, limitMs?: number }} options
   * @returns {Promise<{ status: number, headers: Headers, body: any }>}
   */
  async api(method, path, { body, headers = {}, limitMs = 70_000 } = {}) {
    const given = { 'x-api-key': this.apiKey, 'content-type': 'application/json', ...headers };
    const response = await fetch(new URL(path.startsWith('/') ? `/api/v3.1${path}` : path, this.baseUrl), {
      method,
      headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(limitMs),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parse(text) };
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async must(method, path, body) {
    const answer = await this.api(method, path, { body });
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`);
    }
    return answer.body;
  }

  /**
   * An account whose credential is known. Gives its id.
   * @param {string} toolkit @param {string} userId @param {string} authScheme @param {Record<string, string>} values
   * @param {Record<string, string>} credentials of the auth config
   */
  async connect(toolkit, userId, authScheme, values, credentials = {}) {
    const config = await this.must('POST', '/auth_configs', {
      toolkit: { slug: toolkit },
      auth_config: { type: 'use_custom_auth', authScheme, credentials },
    });
    const account = await this.must('POST', '/connected_accounts', {
      auth_config: { id: config.auth_config.id },
      connection: { user_id: userId, state: { authScheme, val: { status: 'ACTIVE', ...values } } },
    });
    return account.id;
  }

  /** @param {string} userId @param {string[]} toolkits @param {Record<string, unknown>} more */
  async session(userId, toolkits, more = {}) {
    const body = { user_id: userId, toolkits: { enable: toolkits }, ...more };
    return (await this.must('POST', '/tool_router/session', body)).session_id;
  }

  /** @param {string} sessionId @param {string} tool @param {Record<string, unknown>} given */
  execute(sessionId, tool, given) {
    return this.api('POST', `/tool_router/session/${sessionId}/execute`, {
      body: { tool_slug: tool, arguments: given },
    });
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * What answers came to, as the table shows it: how many of each outcome, with the words of the first.
 * @param {PromiseSettledResult<{ status: number, body: any }>[]} settled
 */
export function summary(settled) {
  const outcomes = settled.map((result) => {
    if (result.status === 'rejected') return `no answer (${result.reason.name})`;
    const { status, body } = result.value;
    const error = body?.error?.message ?? body?.error ?? null;
    return error ? `${status}: ${String(error).slice(0, 90)}` : `${status}`;
  });
  const counts = new Map();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts]
    .slice(0, 3)
    .map(([outcome, count]) => `${count} × ${outcome}`)
    .join('; ');
}
