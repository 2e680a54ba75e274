// What is measured, and the one call that each answers.

/** @typedef {import('./load.mjs').Target} Target */

const READ = { tool_slug: 'GITHUB_GET_A_REPOSITORY', arguments: { owner: 'bench', repo: 'hello' } };
const READ_LARGE = { ...READ, arguments: { owner: 'bench', repo: 'large' } };
const TIME = { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: {} };

/**
 * @param {{ upstream: string, floor: string, patchbay: string, session: string, ownSession: string, apiKey: string }} where
 * @returns {Record<'upstream' | 'floor' | 'app tool' | 'own auth config' | '100 KB answer' | 'own tool', Target>}
 */
export function targetsAt({ upstream, floor, patchbay, session, ownSession, apiKey }) {
  const post = (origin, path, body) => ({
    origin,
    path,
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const executeIn = (id) => `/api/v3.1/tool_router/session/${id}/execute`;
  const execute = executeIn(session);
  return {
    upstream: { origin: upstream, path: '/repos/bench/hello', method: 'GET' },
    floor: post(floor, '/execute', READ),
    'app tool': post(patchbay, execute, READ),
    'own auth config': post(patchbay, executeIn(ownSession), READ),
    '100 KB answer': post(patchbay, execute, READ_LARGE),
    'own tool': post(patchbay, execute, TIME),
  };
}
