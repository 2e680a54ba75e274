// The floor of a tool call: one process that checks an API key, asks the upstream once and returns its answer.
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { Pool } from 'undici';
import { listenAndTell } from './child.mjs';

const [upstream, apiKey] = process.argv.slice(2);
const known = new Set([sha256(apiKey)]);
const pool = new Pool(upstream, { connections: 128 });

const app = Fastify();
app.post('/execute', async (request, reply) => {
  if (!known.has(sha256(String(request.headers['x-api-key']))))
    return reply.status(401).send({ error: '401' });
  const { owner, repo } = request.body.arguments;
  const { body } = await pool.request({ method: 'GET', path: `/repos/${owner}/${repo}` });
  return { data: await body.json(), error: null };
});

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

await app.ready();
await listenAndTell(app.server);
