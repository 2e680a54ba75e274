import { brotliCompressSync, gzipSync } from 'node:zlib';
import { summary } from '../client.mjs';
import { flood } from './flood.mjs';

const MEBIBYTE = 1024 * 1024;
const HTML = { 'content-type': 'text/html' };

/** @typedef {import('../provider.mjs').Handler} Handler */

/** @param {Handler} handler @param {number} times */
const fetchPage =
  (handler, times = 8) =>
  async (/** @type {import('../arena.mjs').Arena} */ { attacker, provider }) => {
    provider.serve('/page', handler);
    const session = await attacker.session('mallory', ['webfetch']);
    return summary(
      await flood(times, times, () =>
        attacker.execute(session, 'WEBFETCH_FETCH_PAGE', { url: `${provider.url}/page` }),
      ),
    );
  };

/** @param {string | Buffer} body @param {Record<string, string>} headers @returns {Handler} */
const always =
  (body, headers = {}) =>
  (_request, response) =>
    response.writeHead(200, { ...HTML, ...headers }).end(body);

/** Writes on for as long as somebody reads. @param {string} chunk @param {number} everyMs @returns {Handler} */
const endless =
  (chunk, everyMs = 0) =>
  (_request, response) => {
    response.writeHead(200, HTML);
    const pour = () => {
      if (response.destroyed) return;
      const isFree = response.write(chunk);
      if (everyMs > 0) setTimeout(pour, everyMs);
      else if (isFree) setImmediate(pour);
      else response.once('drain', pour);
    };
    pour();
  };

/** @type {import('./index.mjs').Attack[]} */
export const pages = [
  { name: 'page: 24 MB of paragraphs', isLong: true, run: fetchPage(always('<p>word'.repeat(3_500_000)), 4) },
  { name: 'page: 1.5 MB of <div> in each other', run: fetchPage(always('<div>'.repeat(300_000))) },
  {
    name: 'page: 400 KB of gzip that hold 400 MB',
    run: fetchPage((...given) => always(bomb(), { 'content-encoding': 'gzip' })(...given)),
  },
  {
    name: 'page: gzip in gzip in gzip in brotli',
    isLong: true,
    run: fetchPage((...given) => always(layers(), { 'content-encoding': 'gzip, gzip, gzip, br' })(...given)),
  },
  { name: 'page: without an end', isLong: true, run: fetchPage(endless('<p>and so on'.repeat(1_000))) },
  { name: 'page: a byte a second', isLong: true, run: fetchPage(endless('.', 1_000)) },
  {
    name: 'page: redirects in a circle',
    run: fetchPage((_request, response) => response.writeHead(302, { location: '/page' }).end()),
  },
  {
    name: 'page: redirects to the metadata address',
    run: async (arena) => {
      const got = await fetchPage(
        (_request, response) =>
          response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
        1,
      )(arena);
      if (got.startsWith('1 × 200:') && !/public/.test(got)) throw new Error(got);
      return got;
    },
  },
  {
    name: 'page: 4,000 headers',
    run: fetchPage((_request, response) => {
      for (let index = 0; index < 4_000; index += 1) response.setHeader(`x-${index}`, 'v'.repeat(100));
      response.end('<p>hello');
    }),
  },
  {
    name: 'page: a character set of its own',
    run: fetchPage(always('<p>hello', { 'content-type': `text/html; charset=${'x'.repeat(8_000)}` })),
  },
];

/** @type {Buffer | undefined} */
let packed;
function bomb() {
  packed ??= gzipSync(Buffer.alloc(400 * MEBIBYTE, '<p>'));
  return packed;
}

/** @type {Buffer | undefined} */
let wrapped;
function layers() {
  wrapped ??= brotliCompressSync(gzipSync(gzipSync(bomb())));
  return wrapped;
}
