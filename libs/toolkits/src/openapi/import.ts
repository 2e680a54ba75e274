import type { HttpTool, ToolkitSpec } from '../toolkit.js';
import { ImportRefusal, isObject, OpenApiDocument, step, stringOf, type JsonObject } from './document.js';
import { freeSlug, toSlug, toWords, withoutPrefix } from './names.js';
import { METHODS, UNTAKEN_METHODS, type Method, type Operation, type Renaming } from './located-operation.js';
import { readOperation } from './operation.js';
import { askForAddress, baseUrlOf, pathPrefixOf } from './servers.js';
import { readSecurity } from './security.js';
import { letterLogo } from './letter-logo.js';
import { shorten } from './text.js';
import { findBreaches } from '../schema-rules/rules.js';

export interface ImportOptions {
  /** Of the toolkit, lower case. */
  slug: string;
  name?: string;
  description?: string;
  logo?: string;
  categories?: string[];
  version?: string;
  /** Where the API is, when the document does not say it, or names another host's. */
  baseUrl?: string;
  /** Where the document was found: its relative servers start there. */
  documentUrl?: string;
  /** Put before each path, where the base URL is not the whole of what the document has before them. */
  pathPrefix?: string;
  /** Instead of what the document says. */
  auth?: ToolkitSpec['auth'];
  headers?: Record<string, string>;
  /** Slugs by operation, `GET /repos/{owner}/{repo}` or the operation's id. The others are derived. */
  slugs?: Readonly<Record<string, string>>;
  /** What slugs are derived from. Default: the operation's id, else its summary. */
  slugFrom?: 'operationId' | 'summary';
  /** Taken off operation ids before a slug is made of them, such as `classroom.`. */
  idPrefix?: string;
  /** Operations to take at all, by `GET /repos/{owner}/{repo}`. Default: all. */
  accept?: (operation: string) => boolean;
  /** Keys for bare lists, by the last word of the path, where that word is not good: `repos: repositories`. */
  listKeys?: Readonly<Record<string, string>>;
  /** Parameters and fields of bodies left out everywhere, by name. */
  ignoreParameters?: readonly string[];
  /** Path parameters whose slashes stay slashes, by name, where the document cannot say so. */
  pathSegments?: readonly string[];
  /** Header parameters that are sent as the document fills them in, by name. */
  fixedHeaders?: readonly string[];
  /** Operations refused beyond this are not read: a document may be made to be long. */
  maxOperations?: number;
  /** Told now and then how many operations of how many were read. */
  onProgress?: (done: number, total: number) => void;
}

export interface Refusal {
  operation: string;
  /** A JSON pointer into the document. */
  place: string;
  reason: string;
}

export interface ImportOutcome {
  toolkit: ToolkitSpec;
  imported: { operation: string; slug: string }[];
  renamed: Renaming[];
  refused: Refusal[];
}

const MAX_OPERATIONS = 5_000;
const PROGRESS_EVERY = 50;

/**
 * Makes a toolkit out of an OpenAPI 3.0 or 3.1 document. Pure: reads no file and no network, and is bounded
 * in time and memory whatever the document holds.
 * @throws ImportRefusal when nothing of the document can be taken; what cannot be of one operation is in `refused`
 */
export function importOpenApi(content: unknown, options: ImportOptions): ImportOutcome {
  if (!isObject(content)) throw new ImportRefusal('', 'an OpenAPI document is an object');
  const document = new OpenApiDocument(content);
  const hints = { given: options.baseUrl, documentUrl: options.documentUrl };
  const baseUrl = baseUrlOf(document, hints);
  const security = readSecurity(document, baseUrl);
  const auth = options.auth ?? askForAddress(security.auth, baseUrl);
  const refused: Refusal[] = [];
  const operations = operationsOf(document, options.maxOperations ?? MAX_OPERATIONS, (one) => {
    if (options.accept?.(one.operation) !== false) refused.push(one);
  });
  // Slugs that are given belong to their operations, whether these were read already or not.
  const taken = new Set(Object.values(options.slugs ?? {}));
  const used = new Set<string>();
  const rarity = countWords(operations);
  const outcome = {
    imported: [] as ImportOutcome['imported'],
    renamed: [] as Renaming[],
    refused,
  };
  const tools: HttpTool[] = [];
  for (const [index, found] of operations.entries()) {
    if (index % PROGRESS_EVERY === 0) options.onProgress?.(index, operations.length);
    const operation = `${found.method.toUpperCase()} ${found.path}`;
    if (options.accept?.(operation) === false) continue;
    try {
      const checked = asOperation(document, found);
      const { tool, renamed } = readOperation(checked, {
        document,
        credentials: security.parameters,
        listKeys: options.listKeys ?? {},
        ignoreParameters: options.ignoreParameters ?? [],
        pathSegments: options.pathSegments ?? [],
        fixedHeaders: options.fixedHeaders ?? [],
        nameFromId: (id) => withoutPrefix(id, options.idPrefix),
        pathPrefix: (options.pathPrefix ?? '') + pathPrefixOf(checked, baseUrl, hints),
      });
      const slug = slugFor(checked, options, { rarity, taken, used });
      taken.add(slug.to);
      used.add(slug.to);
      const named: HttpTool = { ...tool, slug: slug.to };
      const [breach] = findBreaches(named.slug, tool.input);
      if (breach) throw new ImportRefusal(found.place, breach);
      tools.push(named);
      outcome.imported.push({ operation, slug: slug.to });
      if (slug.reason) outcome.renamed.push({ from: slug.from, to: slug.to, reason: slug.reason });
      outcome.renamed.push(...renamed.map((one) => ({ ...one, reason: `${slug.to}: ${one.reason}` })));
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      outcome.refused.push({ operation, place: error.place || found.place, reason: error.reason });
    }
  }
  options.onProgress?.(operations.length, operations.length);
  return { toolkit: describe(document, options, baseUrl, auth, tools), ...outcome };
}

/** The operations of a document by name, before any of them is read. */
export function listOperations(content: unknown): { key: string; operationId: string; summary: string }[] {
  if (!isObject(content)) throw new ImportRefusal('', 'an OpenAPI document is an object');
  return operationsOf(new OpenApiDocument(content), MAX_OPERATIONS).map(({ method, path, value }) => ({
    key: `${method.toUpperCase()} ${path}`,
    operationId: (isObject(value) && stringOf(value['operationId'])) || '',
    summary: (isObject(value) && stringOf(value['summary'])) || '',
  }));
}

interface FoundOperation {
  method: Method;
  path: string;
  value: unknown;
  item: JsonObject;
  itemPlace: string;
  place: string;
}

/**
 * The operations of a document where they stand.
 * @param setAside told of those that no tool can be made of
 * @throws ImportRefusal when there are more than `max`
 */
function operationsOf(
  document: OpenApiDocument,
  max: number,
  setAside: (refusal: Refusal) => void = () => undefined,
): FoundOperation[] {
  const found: FoundOperation[] = [];
  for (const [key, entry] of Object.entries(document.paths)) {
    if (key.startsWith('x-')) continue;
    const path = key.startsWith('/') ? key : `/${key}`;
    const place = step('/paths', key);
    try {
      const { value: item, place: itemPlace } = document.object(entry, place);
      for (const method of METHODS) {
        if (item[method] === undefined) continue;
        found.push({ method, path, value: item[method], item, itemPlace, place: step(itemPlace, method) });
      }
      for (const method of UNTAKEN_METHODS.filter((one) => item[one] !== undefined)) {
        const operation = `${method.toUpperCase()} ${path}`;
        setAside({ operation, place: step(itemPlace, method), reason: 'its method makes no tool' });
      }
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      setAside({ operation: `* ${path}`, place: error.place, reason: error.reason });
    }
    if (found.length > max) throw new ImportRefusal('/paths', `has more than ${max} operations`);
  }
  return found;
}

function asOperation(document: OpenApiDocument, found: FoundOperation): Operation {
  const { value } = document.object(found.value, found.place);
  return { ...found, value };
}

interface SlugsInUse {
  /** How many paths of the document have a word: a rare one tells the most. */
  rarity: ReadonlyMap<string, number>;
  taken: ReadonlySet<string>;
  used: ReadonlySet<string>;
}

function countWords(operations: readonly FoundOperation[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of operations) {
    for (const word of new Set(toWords(path))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function slugFor(
  operation: Operation,
  options: ImportOptions,
  { rarity, taken, used }: SlugsInUse,
): { from: string; to: string; reason?: string } {
  const { method, path, value } = operation;
  const id = stringOf(value['operationId']) ?? '';
  const fixed = options.slugs?.[`${method.toUpperCase()} ${path}`] ?? (id && options.slugs?.[id]);
  if (fixed && !used.has(fixed)) return { from: fixed, to: fixed };
  const summary = toWords(stringOf(value['summary']) ?? '');
  const identified = toWords(withoutPrefix(id, options.idPrefix));
  const [first, second] = options.slugFrom === 'summary' ? [summary, identified] : [identified, summary];
  const words =
    first.length > 0 ? first : second.length > 0 ? second : [method.toUpperCase(), ...toWords(path)];
  const wished = toSlug(options.slug, words);
  const telling = [...toWords(path)].sort((a, b) => (rarity.get(a) ?? 0) - (rarity.get(b) ?? 0));
  const to = freeSlug(wished, [...telling, method.toUpperCase()], taken);
  const whole = [...toWords(options.slug), ...words].join('_');
  if (to !== wished) return { from: wished, to, reason: 'another tool has this slug' };
  return whole.length > to.length + options.slug.length + 1
    ? { from: whole, to, reason: 'longer than 64 characters' }
    : { from: to, to };
}

function describe(
  document: OpenApiDocument,
  options: ImportOptions,
  baseUrl: string,
  auth: ToolkitSpec['auth'],
  tools: HttpTool[],
): ToolkitSpec {
  const info = isObject(document.root['info']) ? document.root['info'] : {};
  const name = options.name ?? shorten(stringOf(info['title']) ?? options.slug, 60);
  return {
    slug: options.slug,
    name,
    description:
      options.description ?? (shorten(stringOf(info['description']) ?? '', 300) || `The API of ${name}.`),
    logo: options.logo ?? letterLogo(name),
    categories: options.categories ?? ['custom'],
    version: options.version ?? '20260101_00',
    baseUrl,
    ...(options.headers && { headers: options.headers }),
    ...(auth && auth.length > 0 && { auth }),
    tools,
  };
}
