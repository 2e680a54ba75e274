import { existsSync } from 'node:fs';
import { DATA_FOLDER, readTools, type DataFile } from '../data-file.js';
import { isObject, stringOf } from '../openapi/document.js';
import { importOpenApi, listOperations, type ImportOutcome } from '../openapi/import.js';
import { argumentTextsOf } from '../json-schema.js';
import { METHODS } from '../openapi/located-operation.js';
import { toArgumentName, withoutPrefix } from '../openapi/names.js';
import type { HttpTool, ToolkitSpec } from '../toolkit.js';
import { defined } from './defined.js';
import { findDocument, type FoundDocument } from './document-file.js';
import { aliasesOf, matchSlugs, type PublicSlug } from './public-slugs.js';
import type { Recipe } from './recipe.js';

export interface MadeToolkit {
  data: DataFile;
  outcome: ImportOutcome;
}

/**
 * A toolkit by its recipe. Slugs are public and lasting: an operation that was imported before keeps the one
 * it has; a new one takes that of the table of public slugs, where it stands in it.
 */
export async function makeToolkit(
  slug: string,
  recipe: Recipe,
  known: readonly PublicSlug[],
  onProgress: (done: number, total: number) => void,
): Promise<MadeToolkit> {
  const document = await findDocument(recipe.document);
  const { content } = document;
  for (const [pointer, value] of Object.entries(recipe.corrections)) correct(content, pointer, value);
  const accept = acceptedBy(recipe);
  keepOnly(content, accept);
  if (recipe.summary_prefix) shortenSummaries(content, recipe.summary_prefix);
  const operations = listOperations(content);
  const shipped = existsSync(new URL(`${slug}.json`, DATA_FOLDER)) ? readTools(slug) : [];
  const present = new Map(shipped.map((tool) => [asImported(`${tool.method} ${tool.path}`), tool]));
  const prefixed = (key: string) => asImported(key.replace(' ', ` ${recipe.path_prefix ?? ''}`));
  assertThere(slug, recipe, operations);
  const told = Object.entries(recipe.slugs).map(([own, operation]) => [operation, own] as const);
  const kept = operations.flatMap(({ key }) => {
    const own = present.get(prefixed(key))?.slug;
    return own && !Object.hasOwn(recipe.slugs, own) ? [[key, own] as const] : [];
  });
  const newest = known.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), '');
  const current = new Set(known.filter(({ asOf }) => asOf === newest).map((one) => one.slug));
  const settled = new Map([...kept.filter(([, own]) => current.has(own)), ...told]);
  const taken = new Set(settled.values());
  const open = operations
    .filter(({ key }) => !settled.has(key))
    .map((one) => ({ ...one, operationId: withoutPrefix(one.operationId, recipe.id_prefix) }));
  const free = known.filter((one) => !taken.has(one.slug));
  const slugs = Object.fromEntries([...kept, ...matchSlugs(open, free), ...told]);
  const outcome = importOpenApi(content, {
    slug,
    ...defined({
      name: recipe.name,
      description: recipe.description,
      categories: recipe.categories,
      version: recipe.version ?? `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}_00`,
      baseUrl: recipe.base_url,
      pathPrefix: recipe.path_prefix,
      auth: recipe.auth,
      headers: recipe.headers,
      slugFrom: recipe.slug_from,
      idPrefix: recipe.id_prefix,
    }),
    slugs,
    listKeys: recipe.list_keys,
    ignoreParameters: recipe.ignore_parameters,
    pathSegments: recipe.path_segments,
    fixedHeaders: recipe.fixed_headers,
    accept,
    onProgress,
  });
  const { tools, ...head } = outcome.toolkit;
  const owned = new Set(tools.map((tool) => tool.slug));
  const named = (tools as HttpTool[]).map((tool) => {
    const key = `${tool.method} ${tool.path}`;
    const request = asImported(key);
    const before = present.get(request);
    const old = new Set([
      ...(before?.aliases ?? []),
      ...(before ? [before.slug] : []),
      ...aliasesOf(key, tool.slug, known),
      ...Object.keys(recipe.aliases).filter((alias) => prefixed(recipe.aliases[alias] ?? '') === request),
    ]);
    return finished(tool, recipe, [...old].filter((alias) => !owned.has(alias)).sort());
  });
  const wanted = [...recipe.important, ...Object.keys(recipe.described)];
  const missing = wanted.filter((one) => !owned.has(one));
  if (missing.length > 0) throw new Error(`${slug}: tools that are not there: ${missing.join(', ')}`);
  return {
    outcome,
    data: { toolkit: withScopes(head, recipe), source: sourceOf(content, document, recipe), tools: named },
  };
}

/** @throws Error that lists the slugs of a recipe that name an operation the document does not have */
function assertThere(slug: string, { slugs, aliases }: Recipe, operations: readonly { key: string }[]): void {
  const keys = new Set(operations.map(({ key }) => key));
  const lost = Object.entries({ ...slugs, ...aliases }).filter(([, operation]) => !keys.has(operation));
  if (lost.length > 0)
    throw new Error(`${slug}: no such operation: ${lost.map((pair) => pair.join(': ')).join(', ')}`);
}

function acceptedBy(recipe: Recipe): (operation: string) => boolean {
  const only = recipe.only.map((pattern) => new RegExp(pattern));
  const leaveOut = recipe.leave_out.map((pattern) => new RegExp(pattern));
  return (operation) =>
    (only.length === 0 || only.some((pattern) => pattern.test(operation))) &&
    !leaveOut.some((pattern) => pattern.test(operation));
}

/** Some documents have more operations than an import reads: those that are not taken are taken out beforehand. */
function keepOnly(content: unknown, accept: (operation: string) => boolean): void {
  const paths = isObject(content) && isObject(content['paths']) ? content['paths'] : {};
  for (const [path, item] of Object.entries(paths)) {
    if (!isObject(item)) continue;
    for (const method of METHODS) {
      if (item[method] !== undefined && !accept(`${method.toUpperCase()} ${path}`)) delete item[method];
    }
  }
}

function shortenSummaries(content: unknown, prefix: string): void {
  const paths = isObject(content) && isObject(content['paths']) ? content['paths'] : {};
  for (const item of Object.values(paths)) {
    if (!isObject(item)) continue;
    for (const method of METHODS) {
      const operation = item[method];
      const summary = isObject(operation) ? stringOf(operation['summary']) : undefined;
      if (isObject(operation) && summary?.startsWith(prefix))
        operation['summary'] = summary.slice(prefix.length);
    }
  }
}

/** @throws Error when there is no such place: the document was mended itself, or is another one now */
function correct(content: unknown, pointer: string, value: unknown): void {
  const steps = pointer
    .slice(1)
    .split('/')
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop() ?? '';
  const holder = steps.reduce<unknown>(
    (at, key) => (Array.isArray(at) ? at[Number(key)] : isObject(at) ? at[key] : undefined),
    content,
  );
  if (Array.isArray(holder)) holder[Number(last)] = value;
  else if (!isObject(holder)) throw new Error(`There is nothing to correct at ${pointer}`);
  else if (value === null) delete holder[last];
  else holder[last] = value;
}

/** A request as its tool has it: some documents tell requests apart only by the names of their places. */
function asImported(key: string): string {
  return key.replace(/\{\+?([^{}]*)\}/g, (_, name: string) => `{${toArgumentName(name, 'path')}}`);
}

function finished(tool: HttpTool, recipe: Recipe, aliases: readonly string[]): HttpTool {
  const { important, described, reads, destroys } = recipe;
  const isOf = (patterns: readonly string[]) =>
    patterns.some((pattern) => new RegExp(pattern).test(`${tool.method} ${tool.path}`));
  const tags = [
    ...(important.includes(tool.slug) ? ['important'] : []),
    ...(isOf(reads) ? ['readOnlyHint'] : []),
    ...(isOf(destroys) ? ['destructiveHint'] : []),
    ...tool.tags,
  ];
  return {
    ...tool,
    ...described[tool.slug],
    argumentNames: argumentTextsOf(tool).map(([name]) => name),
    tags: [...new Set(tags)],
    ...(aliases.length > 0 && { aliases: [...aliases] }),
  };
}

/** What a sign-in asks for: the recipe's scopes, else none, which is the provider's own choice. */
function withScopes(
  head: Omit<ToolkitSpec, 'tools'>,
  { scopes, current_user: currentUser, refusal }: Recipe,
): Omit<ToolkitSpec, 'tools'> {
  return {
    ...head,
    ...(head.auth &&
      scopes && { auth: head.auth.map((spec) => ('scopes' in spec ? { ...spec, scopes } : spec)) }),
    ...(refusal && { refusal }),
    ...(currentUser && { currentUser: { path: currentUser.path, ...defined(currentUser) } }),
  };
}

function sourceOf(
  content: unknown,
  { package: from, file, published }: FoundDocument,
  {
    licence: found,
    published: of,
    auth,
    sign_in: signIn = auth ? undefined : 'document',
    drawn_up: drawnUp,
  }: Recipe,
): DataFile['source'] {
  const info = isObject(content) && isObject(content['info']) ? content['info'] : {};
  const licence = isObject(info['license']) ? stringOf(info['license']['name']) : undefined;
  const [origin] = Array.isArray(info['x-origin']) ? info['x-origin'] : [];
  return {
    package: from,
    file: from || drawnUp ? file : '',
    published: published || (of ?? ''),
    title: stringOf(info['title']) ?? '',
    version: stringOf(info['version']) ?? '',
    licence: licence ?? found ?? '',
    terms: stringOf(info['termsOfService']) ?? '',
    origin: (isObject(origin) && stringOf(origin['url'])) || '',
    ...(drawnUp && { drawnUp }),
    ...(signIn && { signIn }),
  };
}
