import { isDeepStrictEqual } from 'node:util';
import { importOpenApi } from '../../libs/toolkits/dist/parsing/parsers.js';
import { prepareRequest } from '../../apps/tools/dist/providers/http.request.js';
import { buildRequest } from '../../apps/tools/dist/providers/request-template.js';

/** Both clients resolve references of the whole document: the largest would take all the time there is. */
const MAX_DOCUMENT_LENGTH = 1_500_000;
const LEFT_OUT = 'left-out-again';
const DOCUMENT_URL = 'https://documents.example/openapi.json';

/** Numbers that look random and are the same each time (mulberry32). */
export function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TEXTS = [
  'plain',
  'two words',
  'a/b',
  'x&y=z',
  'ü ☃',
  '50%',
  'a,b',
  "it's",
  '(1)!*',
  '[0]',
  'a+b',
  '#1?',
];
const LATIN_TEXTS = TEXTS.filter((text) => !text.includes('☃') && !text.includes('ü'));

/** A value that suits an argument's schema. */
function valueFor(schema, random, texts = TEXTS) {
  if (Array.isArray(schema.anyOf)) return valueFor(schema.anyOf[0], random, texts);
  if (Array.isArray(schema.enum)) return schema.enum[Math.floor(random() * schema.enum.length)];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'integer':
    case 'number': {
      const least = schema.minimum ?? 1;
      return Math.min(Math.ceil(least + random() * 5), schema.maximum ?? Infinity);
    }
    case 'boolean':
      return random() < 0.5;
    case 'array': {
      const length = Math.min(Math.max(schema.minItems ?? 2, 2), schema.maxItems ?? 3);
      return Array.from({ length }, () => valueFor(schema.items ?? {}, random, texts));
    }
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const names = Object.keys(properties).filter((name) => required.includes(name) || random() < 0.4);
      return Object.fromEntries(
        names.slice(0, 6).map((name) => [name, valueFor(properties[name], random, texts)]),
      );
    }
    default:
      return texts[Math.floor(random() * texts.length)];
  }
}

const hasFile = (schema) => JSON.stringify(schema).includes('"file_uploadable"');

/** Arguments of a tool, and the same as the document names them: `in.name` for parameters, the body besides. */
function argumentsFor(tool, path, random) {
  const { properties = {}, required = [] } = tool.input;
  const given = {};
  const parameters = {};
  let body;
  const templates = (text) => [...text.matchAll(/\{\+?([^{}]*)\}/g)].map(([, name]) => name);
  // A prefix of the server's own has none.
  const inPath = new Map(templates(tool.path).map((name, index) => [name, templates(path)[index]]));
  const takesBody = !['GET', 'HEAD', 'DELETE'].includes(tool.method);
  for (const [name, schema] of Object.entries(properties)) {
    if (!required.includes(name) && random() < 0.5) continue;
    const place = tool.places?.[name] ?? { in: inPath.has(name) ? 'path' : takesBody ? 'body' : 'query' };
    const isLatin = place.in === 'header' || place.in === 'cookie';
    const value = valueFor(schema, random, isLatin ? LATIN_TEXTS : TEXTS);
    // Nothing says how nothing is written, and it is no argument of ours in a path.
    if (typeof value === 'object' && Object.keys(value).length === 0 && place.in !== 'body') continue;
    given[name] = value;
    const provider = place.in === 'path' ? (inPath.get(name) ?? name) : (place.name ?? name);
    if (place.in !== 'body') parameters[`${place.in}.${provider}`] = value;
    else if (tool.body?.argument === name) body = value;
    else body = { ...body, [provider]: value };
  }
  return { given, parameters, body };
}

/** Why both are right, or theirs is not. */
function explain(path, fields, { body }) {
  if (path.includes('#')) return 'swagger-client fills in nothing of a path that has a fragment';
  if (path.includes('?')) return 'swagger-client fills in nothing of a query in a path';
  const isEmpty = fields.length === 1 && fields[0] === 'body' && isDeepStrictEqual(body, { json: {} });
  return isEmpty ? 'a body of which nothing was given is an empty object here, and nothing there' : undefined;
}

/** What a request says, however it is written. */
async function contentOf({ method, url, headers, body }) {
  const { origin, pathname, search } = new URL(url);
  const pairs = search.slice(1).split('&').filter(Boolean).map(evenly).toSorted(byText);
  const type = headers['content-type']?.split(';')[0] ?? '';
  const content = await readBody(type, headers, body);
  return { method, path: origin + evenly(pathname), query: pairs, headers: own(headers), body: content };
}

/** Two ways of writing the same octet (RFC 3986, section 6.2.2), and of a space in a form. */
function evenly(text) {
  return text
    .replaceAll('+', '%20')
    .replace(/%[0-9a-f]{2}/gi, (triplet) => triplet.toUpperCase())
    .replace(/[!'()*[\]]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const byText = (a, b) => (String(a) < String(b) ? -1 : 1);

const NOT_OF_THE_OPERATION = /^(accept|user-agent|content-type|host)$/;
function own(headers) {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !NOT_OF_THE_OPERATION.test(name))
      .toSorted(byText),
  );
}

async function readBody(type, headers, body) {
  if (body === undefined || body === null || body === '') return undefined;
  if (body instanceof FormData) return partsOf(body);
  const text = typeof body === 'string' ? body : Buffer.from(body).toString();
  if (type === 'multipart/form-data') return partsOf(await new Response(body, { headers }).formData());
  if (type === 'application/x-www-form-urlencoded')
    return { form: text.split('&').map(evenly).toSorted(byText) };
  if (/json/.test(type)) return { json: JSON.parse(text) };
  return { text };
}

async function partsOf(form) {
  const parts = [];
  // A text that has a type of its own is a file without a name to `FormData`.
  for (const [name, part] of form)
    parts.push(`${name}=${typeof part === 'string' ? part : await part.text()}`);
  return { parts: parts.toSorted(byText) };
}

async function theirs(SwaggerClient, document, { path, method }, { parameters, body }, type) {
  const item = document.paths[path];
  const asked = [...(item.parameters ?? []), ...(item[method].parameters ?? [])];
  const resolved = await SwaggerClient.resolveSubtree(document, ['paths', path], { baseDoc: DOCUMENT_URL });
  const spec = { ...document, paths: { [path]: resolved.spec ?? item } };
  // What a document has as a parameter and is the account's or the client's own to say: anything, to be left out again.
  const others = [
    ...asked,
    ...(spec.paths[path].parameters ?? []),
    ...(spec.paths[path][method].parameters ?? []),
  ].filter(({ in: place, name, required }) => name && required && !(`${place}.${name}` in parameters));
  const filled = Object.fromEntries(others.map(({ in: place, name }) => [`${place}.${name}`, LEFT_OUT]));
  let sent;
  await SwaggerClient.execute({
    spec,
    pathName: path,
    method,
    parameters: { ...filled, ...parameters },
    contextUrl: DOCUMENT_URL,
    ...(body !== undefined && { requestBody: body, ...(type && { requestContentType: type }) }),
    userFetch: async (url, request) => {
      sent = { url, ...request };
      return new Response('{}', { headers: { 'content-type': 'application/json' } });
    },
  });
  const headers = Object.fromEntries(
    Object.entries(sent.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const own = Object.entries(headers).filter(([, value]) => value !== LEFT_OUT);
  const url = sent.url.replace(new RegExp(`[^?&]*=${LEFT_OUT}&?`, 'g'), '').replace(/[?&]$/, '');
  return contentOf({ method: sent.method, url, headers: Object.fromEntries(own), body: sent.body });
}

async function ours(toolkit, tool, given) {
  const none = () => Promise.reject(new Error('no files here'));
  const request = await buildRequest(tool, given, { read: none, store: none });
  const { method, url, headers, body } = await prepareRequest(request, toolkit, undefined);
  return contentOf({ method, url: url.href, headers, body });
}

const BODY_TYPES = {
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
  json: 'application/json',
};

/** One operation, made by both of the same arguments. */
export async function compareOne(SwaggerClient, document, toolkit, tool, operation, random) {
  const [verb, path] = operation.split(/ (.*)/s);
  const args = argumentsFor(tool, path, random);
  const type = tool.body ? (tool.body.contentType ?? BODY_TYPES[tool.body.type]) : BODY_TYPES.json;
  const [a, b] = [
    await ours(toolkit, tool, args.given),
    await theirs(SwaggerClient, document, { path, method: verb.toLowerCase() }, args, type),
  ];
  const fields = Object.keys(a).filter((field) => !isDeepStrictEqual(a[field], b[field]));
  return { fields, ours: a, theirs: b, explained: fields.length > 0 ? explain(path, fields, a) : undefined };
}

/** Requests of as many operations of as many documents as are wanted. */
export async function compareSample(documents, SwaggerClient, { sample, seed }) {
  const random = randomOf(seed);
  const lines = [];
  const counts = { compared: 0, same: 0, different: 0, failed: 0 };
  const reasons = new Map();
  const order = documents.map((one) => [random(), one]).sort((x, y) => x[0] - y[0]);
  for (const [, { name, read }] of order) {
    if (counts.compared >= sample) break;
    const text = await read();
    if (text.length > MAX_DOCUMENT_LENGTH) continue;
    const document = JSON.parse(text);
    let outcome;
    try {
      outcome = importOpenApi(document, { slug: 'api', documentUrl: DOCUMENT_URL });
    } catch {
      continue;
    }
    const { toolkit, imported } = outcome;
    if (toolkit.baseUrl.includes('{')) continue;
    const usable = imported.filter(
      ({ slug }) => !hasFile(toolkit.tools.find((tool) => tool.slug === slug).input),
    );
    // Two of a document at most: some have hundreds that are all alike.
    for (let taken = 0; taken < 2 && usable.length > 0 && counts.compared < sample; taken += 1) {
      const [{ operation, slug }] = usable.splice(Math.floor(random() * usable.length), 1);
      const tool = toolkit.tools.find((one) => one.slug === slug);
      counts.compared += 1;
      try {
        const {
          fields,
          ours: a,
          theirs: b,
          explained,
        } = await compareOne(SwaggerClient, document, toolkit, tool, operation, random);
        if (fields.length === 0) counts.same += 1;
        else if (explained) reasons.set(explained, (reasons.get(explained) ?? 0) + 1);
        else {
          counts.different += 1;
          for (const field of fields) {
            lines.push(
              `${name} ${operation}: ${field}`,
              `  ours   ${JSON.stringify(a[field])}`,
              `  theirs ${JSON.stringify(b[field])}`,
            );
          }
        }
      } catch (error) {
        counts.failed += 1;
        lines.push(`${name} ${operation}: not compared: ${String(error.message ?? error).slice(0, 200)}`);
      }
    }
  }
  lines.push(
    `${counts.compared} operations: ${counts.same} the same, ${counts.different} different, ${counts.failed} not compared`,
    ...[...reasons].map(([why, times]) => `  ${times}  ${why}`),
  );
  return { lines, different: counts.different };
}
