// What is measured, and the one call that each answers.

/** @typedef {import('./load.mjs').Target} Target */

const READ = { tool_slug: 'GITHUB_GET_A_REPOSITORY', arguments: { owner: 'bench', repo: 'hello' } };
const TIME = { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: {} };

/**
 * @param {{ upstream: string, floor: string, patchbay: string, session: string, apiKey: string }} where
 * @returns {Record<'upstream' | 'floor' | 'app tool' | 'own tool', Target>}
 */
export function targetsAt({ upstream, floor, patchbay, session, apiKey }) {
  const post = (origin, path, body) => ({
    origin,
    path,
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const execute = `/api/v3.1/tool_router/session/${session}/execute`;
  return {
    upstream: { origin: upstream, path: '/repos/bench/hello', method: 'GET' },
    floor: post(floor, '/execute', READ),
    'app tool': post(patchbay, execute, READ),
    'own tool': post(patchbay, execute, TIME),
  };
}
