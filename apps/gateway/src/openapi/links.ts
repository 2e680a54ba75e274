import { z } from 'zod';
import type { ZodOpenApiLinkObject } from 'zod-openapi';
import type { DescribedRoute } from './routes.js';

/** An operation to which a link may lead: its name, and its path with `:name` for each parameter. */
export interface Target {
  id: string;
  path: string;
  verb: DescribedRoute['verb'];
}

type Links = Record<string, ZodOpenApiLinkObject>;

const BASE = '/api/v3.1/';

/**
 * The operations that ask for what the answer of a route names, each as a link of OpenAPI. What is made or listed at
 * `things` has the `id` of `things/:id` and of all that is below it; whatever else an answer leads to, its description says.
 * @throws Error for a description that leads to no operation, or by a field that its answer has not
 */
export function linksOf(route: DescribedRoute, path: string, targets: readonly Target[]): Links {
  const answer = answerOf(route);
  if (!answer) return {};
  const links: Links = {};
  for (const target of targets) {
    const parameter = parameterBelow(path, target.path);
    const field = parameter === undefined ? undefined : fieldOf(answer, parameter);
    if (parameter !== undefined && field !== undefined)
      links[target.id] = linkTo(
        target,
        { ...carried(path), [parameter]: pointer(field) },
        { [parameter]: field },
      );
  }
  for (const [to, fields] of Object.entries(route.description.leadsTo ?? {})) {
    const found =
      typeof fields === 'string' ? pathLinks(to, fields, targets) : fieldLinks(to, fields, targets);
    if (Object.keys(found).length === 0) throw new Error(`${path} leads to ${to}, which is nowhere`);
    for (const field of typeof fields === 'string' ? [fields] : Object.values(fields))
      if (!has(answer, field.split('.'))) throw new Error(`The answer of ${path} has no ${field}`);
    Object.assign(links, found);
  }
  return links;
}

function answerOf({ status, description: { answer, answers } }: DescribedRoute): z.ZodType | undefined {
  return answer ?? answers?.[status]?.schema;
}

/** The parameter that comes next after a path, when it is one that names something. */
function parameterBelow(path: string, of: string): string | undefined {
  const name = of.startsWith(`${path}/:`) ? /^\w+/.exec(of.slice(path.length + 2))?.[0] : undefined;
  return name !== undefined && /^(id|slug)$|Id$|_slug$/.test(name) ? name : undefined;
}

/** Where an answer, or the first of a list, has what a parameter asks for. */
function fieldOf(answer: z.ZodType, parameter: string): string | undefined {
  const own = parameter.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const names = own.endsWith('_id') ? [own, 'id'] : [own];
  const places = names.flatMap((name) => [name, `items.0.${name}`, `data.0.${name}`]);
  return places.find((place) => has(answer, place.split('.')));
}

function has(schema: z.ZodType, [part, ...rest]: string[]): boolean {
  if (part === undefined) return true;
  if (schema instanceof z.ZodObject) {
    const inside = (schema.shape as Record<string, z.ZodType>)[part];
    return inside !== undefined && has(inside, rest);
  }
  if (schema instanceof z.ZodArray) return has(schema.element as z.ZodType, rest);
  if (schema instanceof z.ZodUnion)
    return schema.options.some((one) => has(one as z.ZodType, [part, ...rest]));
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType !== undefined && has(innerType, [part, ...rest]);
}

function pathLinks(to: string, field: string, targets: readonly Target[]): Links {
  const prefix = `${BASE}${to}`;
  const parameter = to.slice(to.lastIndexOf(':') + 1);
  const below = targets.filter(({ path }) => path === prefix || path.startsWith(`${prefix}/`));
  return Object.fromEntries(
    below.map((target) => [
      target.id,
      linkTo(target, { [parameter]: pointer(field) }, { [parameter]: field }),
    ]),
  );
}

function fieldLinks(to: string, fields: Readonly<Record<string, string>>, targets: readonly Target[]): Links {
  const target = targets.find(({ id }) => id === to);
  if (!target) return {};
  if (target.verb === 'get') return { [to]: linkTo(target, mapped(fields), fields) };
  return { [to]: { ...linkTo(target, {}, fields), requestBody: nested(mapped(fields)) } };
}

function linkTo(
  { id }: Target,
  parameters: Record<string, string>,
  said: Readonly<Record<string, string>>,
): ZodOpenApiLinkObject {
  const description = Object.entries(said)
    .map(([name, field]) => `\`${name}\` is \`${field}\` of this answer.`)
    .join(' ');
  return { operationId: id, description, ...(Object.keys(parameters).length > 0 && { parameters }) };
}

/** What the request had in its path, the next one has as well. */
function carried(path: string): Record<string, string> {
  return Object.fromEntries(
    [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, `$request.path.${name}`]),
  );
}

/** https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions */
function pointer(field: string): string {
  return `$response.body#/${field.replaceAll('.', '/')}`;
}

function mapped(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, pointer(field)]));
}

/** `{ 'a.b': 1 }` as `{ a: { b: 1 } }`. */
function nested(fields: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const [first = '', ...rest] = name.split('.');
      return [first, rest.length > 0 ? nested({ [rest.join('.')]: value }) : value];
    }),
  );
}
