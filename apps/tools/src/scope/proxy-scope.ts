import type { ProxyMethod, SessionScope, TagFilter } from '@patchbay/contracts';
import { outOfScope, passesTags, type ScopedTool } from './scope.js';

/** A request of the caller's own, before it has an address. */
export interface ProxiedRequest {
  method: ProxyMethod;
  endpoint: string;
  parameters: readonly { name: string; in: 'query' | 'header' }[];
}

/** The tags of tools that do what a request may do. What it may do beside it, no tag forbids. */
const READS = ['readOnlyHint'];
const CREATES = ['createHint'];
const UPDATES = ['updateHint', 'destructiveHint'];
const DELETES = ['destructiveHint'];
const ANSWERED = new Set([READS, CREATES, UPDATES, DELETES].flat());

/** RFC 9110, section 9: what each method may do at most. A POST may do anything. */
const EFFECTS: Record<ProxyMethod, string[][]> = {
  GET: [READS],
  HEAD: [READS],
  PUT: [CREATES, UPDATES],
  PATCH: [UPDATES],
  DELETE: [DELETES],
  POST: [CREATES, UPDATES, DELETES],
};

/** By these some frameworks make a request another one than its method says. */
const OVERRIDING = new Set(['_method', '$httpmethod', 'x-http-method', 'x-http-method-override']);

/**
 * Why a session may not send a request of its own to a toolkit's provider; undefined when it may. A request is no
 * tool, so lists of tools and tags say nothing of it: where they narrow the toolkit it is refused, unless the session
 * switches it on by itself. Then its method must be one with which it can do only what tools within the scope do.
 * What a provider lets a GET change cannot be known.
 * @param tools of the toolkit, all of them
 * @param isOn what the session says of the proxy; undefined: nothing
 */
export function proxyRefusal(
  scope: SessionScope,
  toolkit: { slug: string; tools: readonly Omit<ScopedTool, 'toolkit'>[] },
  request: ProxiedRequest,
  isOn: boolean | undefined,
): string | undefined {
  const filters = narrowing(scope, toolkit.slug);
  if (filters === undefined) return undefined;
  if (!isOn) {
    return `The session narrows the tools of ${toolkit.slug}, so it sends no requests of its own there: workbench.enable_proxy_execution switches that on.`;
  }
  const overriding = queryNames(request).find((name) => OVERRIDING.has(name.toLowerCase()));
  if (overriding) return `The parameter ${overriding} would make another request of a ${request.method}.`;
  const isWithin =
    filters.every((tags) => passes(tags, request.method)) &&
    (isReading(request.method) || hasWriting(scope, toolkit));
  return isWithin
    ? undefined
    : `The session narrows ${toolkit.slug} to tools that do less than a ${request.method} may do.`;
}

/** The tags that narrow a toolkit; undefined when nothing narrows it, and none when lists alone do. */
function narrowing({ tools, tags }: SessionScope, toolkit: string): TagFilter[] | undefined {
  const filter = tools[toolkit];
  const own = filter && 'tags' in filter ? [filter.tags] : [];
  const filters = [...own, tags].filter(({ enabled, disabled }) => enabled ?? disabled?.length);
  return filter || filters.length > 0 ? filters : undefined;
}

function passes(filter: TagFilter, method: ProxyMethod): boolean {
  // A tag of which a method tells nothing may be that of any tool.
  if (filter.disabled?.some((tag) => !ANSWERED.has(tag))) return false;
  return EFFECTS[method].every((tags) => passesTags(filter, tags));
}

function isReading(method: ProxyMethod): boolean {
  return method === 'GET' || method === 'HEAD';
}

function hasWriting(scope: SessionScope, { slug, tools }: Parameters<typeof proxyRefusal>[1]): boolean {
  return tools.some(
    (tool) =>
      !tool.tags.includes('readOnlyHint') && outOfScope(scope, { ...tool, toolkit: { slug } }) === undefined,
  );
}

function queryNames({ endpoint, parameters }: ProxiedRequest): string[] {
  const [, query = ''] = endpoint.split('?', 2);
  const given = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  return [...given, ...new URLSearchParams(query.split('#')[0]).keys()];
}
