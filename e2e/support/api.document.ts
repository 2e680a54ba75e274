import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { environment } from './environment.js';

interface Response {
  content?: Record<string, { schema: object }>;
  'x-error-slugs'?: string[];
}
interface Operation {
  operationId: string;
  responses: Record<string, Response | { $ref: string }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Response> };
}
/** An answer as it is described, and where. */
interface Described {
  response: Response;
  place: string[];
}

export interface Answer {
  method: string;
  url: string;
  status: number;
  headers: Headers;
  text: string;
}

type Fetch = typeof globalThis.fetch;
interface Route {
  template: string;
  pattern: RegExp;
  operations: Record<string, Operation>;
}
interface Api {
  routes: Route[];
  describedAt: (template: string, verb: string, status: number) => Described | undefined;
  /** @returns undefined for an answer whose body has no schema */
  validatorOf: (described: Described, type: string) => ValidateFunction | undefined;
}

let api: Promise<Api> | undefined;

/** Of the document that the platform under test serves. */
async function readApi(send: Fetch): Promise<Api> {
  const answer = await send(`${environment.baseUrl}/api/v3.1/openapi.json`);
  const document = (await answer.json()) as Document;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'api');
  const known = new Map<string, ValidateFunction>();
  return {
    routes: Object.entries(document.paths)
      .map(([template, operations]) => ({ template, pattern: patternOf(template), operations }))
      // What is said in words comes before what stands for anything.
      .toSorted((a, b) => wordsOf(b.template) - wordsOf(a.template)),
    describedAt(template, verb, status) {
      const response = document.paths[template]?.[verb]?.responses[String(status)];
      if (!response) return undefined;
      if (!('$ref' in response))
        return { response, place: ['paths', template, verb, 'responses', String(status)] };
      const name = response.$ref.slice(response.$ref.lastIndexOf('/') + 1);
      const shared = document.components.responses[name];
      return shared && { response: shared, place: ['components', 'responses', name] };
    },
    validatorOf({ response, place: answer }, type) {
      if (!response.content?.[type]) return undefined;
      const place = [...answer, 'content', type, 'schema'];
      const pointer = place.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/');
      const validate = known.get(pointer) ?? ajv.compile({ $ref: `api#/${pointer}` });
      known.set(pointer, validate);
      return validate;
    },
  };
}

function patternOf(template: string): RegExp {
  const path = template
    .replaceAll('.', '\\.')
    .replace('{path}', '.+')
    .replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${path.replace('/api/v3\\.1/', '/api/v3(?:\\.1)?/')}/?$`);
}

function wordsOf(template: string): number {
  return template.split('/').filter((part) => !part.startsWith('{')).length;
}

/**
 * Whether an answer of the platform is one that its API document tells of: the status, the slug of an error, the body.
 * @returns what is wrong with it; undefined for an answer as described, and for a route that the document leaves out
 */
export async function checkAnswer(send: Fetch, answer: Answer): Promise<string | undefined> {
  if (!answer.url.startsWith(environment.baseUrl)) return undefined;
  const { pathname } = new URL(answer.url);
  api ??= readApi(send);
  // A platform that a test has stopped, or not yet started, has none to give.
  const { routes, describedAt, validatorOf } = await api.catch((error: unknown) => {
    api = undefined;
    throw error;
  });
  const verb = answer.method.toLowerCase();
  const route = routes.find(({ pattern, operations }) => pattern.test(pathname) && operations[verb]);
  const operation = route?.operations[verb];
  if (!route || !operation) return undefined;
  const name = `${operation.operationId} answered ${answer.status}`;
  const found = describedAt(route.template, verb, answer.status);
  if (!found) return `${name}, which is not described: ${answer.text.slice(0, 500)}`;
  const described = found.response;
  const type = answer.headers.get('content-type')?.split(';', 1)[0] ?? '';
  if (!described.content) return undefined;
  if (!described.content[type] && !described.content['*/*'])
    return `${name} as ${type}, which is not described`;
  if (type !== 'application/json') return undefined;
  const body: unknown = JSON.parse(answer.text);
  const validate = validatorOf(found, type);
  if (validate && !validate(body)) {
    const wrong = (validate.errors ?? [])
      .slice(0, 5)
      .map(
        ({ instancePath, message, params }) =>
          `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`,
      );
    return `${name} with a body that does not fit: ${wrong.join('; ')}: ${answer.text.slice(0, 500)}`;
  }
  const slug = (body as { error?: { slug?: string } } | null)?.error?.slug;
  const slugs = described['x-error-slugs'];
  if (slugs && slug !== undefined && !slugs.includes(slug))
    return `${name} with ${slug}, which is not described`;
  return undefined;
}
