import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

const AGAIN_MS = 200;

/**
 * A provider of many feeds, which notes when each was asked for; `tick` puts a new item into one, and `push` posts one to the
 * hook of a feed until it is taken, as providers do.
 */
export async function startTickingProvider({ answerAfterMs = 30 } = {}) {
  /** Times in milliseconds at which each feed was asked for. */
  const polls = new Map();
  const items = new Map();
  const hooks = new Map();
  let atOnce = 0;
  /** Feeds that are asked for at this moment, to see whether one is asked for twice at once. */
  const open = new Set();
  const counts = { polls: 0, mostAtOnce: 0, twiceAtOnce: 0 };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(String(request.url), 'http://provider');
    if (pathname.startsWith('/hooks/')) {
      void json(request).then((hook) => {
        hooks.set(pathname.slice('/hooks/'.length), hook);
        response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
      });
      return;
    }
    request.resume();
    const feed = pathname.slice('/feeds/'.length);
    counts.polls += 1;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, (atOnce += 1));
    if (open.has(feed)) counts.twiceAtOnce += 1;
    open.add(feed);
    polls.set(feed, [...(polls.get(feed) ?? []), Date.now()]);
    setTimeout(() => {
      atOnce -= 1;
      open.delete(feed);
      const all = items.get(feed) ?? [];
      const after = Number(searchParams.get('after') ?? all.length);
      const found = all.slice(after).map((text, index) => ({ id: after + index + 1, text }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ items: found, last: Math.max(after, all.length) }));
    }, answerAfterMs);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    polls,
    counts,
    tick: (feed, text) => items.set(feed, [...(items.get(feed) ?? []), text]),
    /** @returns how often it was posted */
    async push(feed, id, text) {
      const { url, secret } = hooks.get(feed);
      const body = JSON.stringify({ id, text });
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      const headers = { 'content-type': 'application/json', 'x-ticking-signature': signature };
      for (let times = 1; ; times += 1) {
        const signal = AbortSignal.timeout(10_000);
        const answer = await fetch(url, { method: 'POST', headers, body, signal }).catch(() => undefined);
        await answer?.body?.cancel();
        if (answer?.ok) return times;
        await delay(AGAIN_MS);
      }
    },
    /** A module for the platform to load, with the provider's toolkit and its trigger type. */
    async writeToolkits(folder) {
      const file = join(folder, 'ticking.toolkits.mjs');
      const source = JSON.stringify(new URL('./ticking.toolkit.mjs', import.meta.url).href);
      const text = `import { tickingToolkit } from ${source};\nexport const toolkits = [tickingToolkit(${JSON.stringify(url)})];\n`;
      await writeFile(file, text);
      return file;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An account there of a user of a project. @param api posts to the project @returns its id */
export async function connectTicking(api) {
  const { auth_config: config } = await api('/auth_configs', {
    toolkit: { slug: 'ticking' },
    auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
  });
  const account = await api('/connected_accounts', {
    auth_config: { id: config.id },
    connection: { user_id: 'ann', state: { authScheme: 'API_KEY', val: { generic_api_key: 'any' } } },
  });
  return account.id;
}
