import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importOpenApi, type HttpTool } from '@patchbay/toolkits';
import { prepareRequest } from '../../src/providers/http.request.js';
import { buildRequest } from '../../src/providers/request-template.js';

interface Recorded {
  operation: string;
  given: Record<string, unknown>;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** What another client sent for the same document and arguments; `bench/openapi-directory.mjs` compares hundreds. Not a list
 * in style label that is not spread, which it writes as OpenAPI 3.0.3 has it, and we as RFC 6570 and 3.0.4. */
const { client, document, requests } = JSON.parse(
  readFileSync(new URL('small.json', import.meta.url), 'utf8'),
) as { client: string; document: unknown; requests: Recorded[] };
const { toolkit, imported, refused } = importOpenApi(document, { slug: 'small' });
const none = () => Promise.reject(new Error('no files here'));

/** Two ways of writing one octet (RFC 3986, section 6.2.2), and a space in a form. */
const evenly = (text: string) =>
  text
    .replaceAll('+', '%20')
    .replace(/%[0-9a-f]{2}/gi, (triplet) => triplet.toUpperCase())
    .replace(/[|[\]]/g, (sign) => encodeURIComponent(sign));

describe(`what ${client} makes of a document`, () => {
  it('is made of all its operations here', () => {
    expect(refused).toEqual([]);
    expect(imported.map(({ operation }) => operation)).toEqual(requests.map(({ operation }) => operation));
  });

  it.each(requests.map((one) => [one.operation, one] as const))(
    'is made of %s',
    async (operation, theirs) => {
      const slug = imported.find((one) => one.operation === operation)?.slug;
      const tool = toolkit.tools.find((one) => one.slug === slug) as HttpTool;
      const request = await buildRequest(tool, theirs.given, { read: none, store: none });
      const { method, url, headers, body } = await prepareRequest(request, toolkit, undefined);
      const { 'x-c': header, cookie, 'content-type': type } = theirs.headers;
      expect({
        method,
        url: evenly(url.href),
        body: body === undefined ? undefined : evenly(Buffer.from(body).toString()),
        headers: { header: headers['x-c'], cookie: headers['cookie'], type: headers['content-type'] },
      }).toEqual({
        method: theirs.method,
        url: evenly(theirs.url),
        body: theirs.body === undefined ? undefined : evenly(theirs.body),
        headers: { header, cookie, type },
      });
    },
  );
});
