import type { JsonSchema } from '@patchbay/contracts';
import { isObject, step, type JsonObject, type OpenApiDocument } from './document.js';

/** What an operation answers when all is well. */
export interface Answer {
  schema: unknown;
  schemaPlace: string;
  /** Whether it is no text, and comes as a link. */
  isFile?: boolean;
}

const SUCCESSES = ['200', '201', '202', '203', '2XX', '2xx', '204', 'default'];

/** The schema of an operation's answer; none when it answers nothing, or says nothing of it. */
export function readAnswer(document: OpenApiDocument, responses: unknown, place: string): Answer | undefined {
  if (!isObject(responses)) return undefined;
  for (const status of SUCCESSES) {
    if (responses[status] === undefined) continue;
    const { value, place: at } = document.object(responses[status], step(place, status));
    const content = isObject(value['content']) ? value['content'] : {};
    const types = Object.keys(content);
    const json = types.find((type) => /[/+]json\b/i.test(type) || type === '*/*');
    if (json) return located(content, json, at);
    if (types.length > 0 && !types.some((type) => /^(?:text\/|application\/(?:[\w.-]+\+)?xml)/i.test(type))) {
      return { schema: {}, schemaPlace: step(at, 'content'), isFile: true };
    }
    if (types.length > 0 || status === '204') return undefined;
  }
  return undefined;
}

function located(content: JsonObject, type: string, place: string): Answer | undefined {
  const media = content[type];
  if (!isObject(media) || media['schema'] === undefined) return undefined;
  return { schema: media['schema'], schemaPlace: step(step(step(place, 'content'), type), 'schema') };
}

/** The one key under which a bare list stands: the last word of the path that names things, such as `issues`. */
export function listKey(path: string, names: Readonly<Record<string, string>>): string {
  const parts = path.split('/').filter((part) => part !== '' && !part.includes('{'));
  const last = parts
    .at(-1)
    ?.replace(/\.\w+$/, '')
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .toLowerCase();
  if (!last || !/^[a-z]/.test(last)) return 'items';
  return names[last] ?? last;
}

export function isList(schema: JsonSchema): boolean {
  return schema['type'] === 'array';
}
