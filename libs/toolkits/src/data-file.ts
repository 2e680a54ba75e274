import { readFileSync } from 'node:fs';
import type { HttpTool, ToolkitSpec } from './toolkit.js';

/** Where a toolkit's tools were imported from. */
export interface DocumentSource {
  /** Its package on npm and version, or how else it was got. */
  package: string;
  file: string;
  /** As the document names itself. */
  title: string;
  version: string;
  /** When the package was published, `2026-08-21`; empty when it is no package. */
  published: string;
  /** Empty when neither the document nor its recipe says. */
  licence: string;
  /** The provider's terms, where the document names them. */
  terms: string;
  /** Of a document that is not the provider's own: whose it is, and which documentation of the provider's it follows. */
  drawnUp?: { by: string; after: string };
  /** Where the package has it from, when it says so. */
  origin: string;
  /** Where the sign-in is from: the document itself, or a page of the provider's and the day on which it was read. */
  signIn?: 'document' | { from: string; readOn: string };
}

/** What was imported: what a toolkit is, where its tools come from, and they themselves. */
export interface DataFile {
  toolkit: Omit<ToolkitSpec, 'tools'>;
  source: DocumentSource;
  tools: HttpTool[];
}

/** The heads of all data files, so that a service that needs no tools reads none. */
export type DataIndex = Record<
  string,
  Omit<DataFile, 'tools'> & { operations: number; tools: number; refused: Record<string, number> }
>;

export const DATA_FOLDER = new URL('../data/', import.meta.url);

export function readIndex(): DataIndex {
  return readFile<DataIndex>('index.json');
}

/** What of a tool stands in a file of its own, `data/schemas/<slug>.json`: most of a tool, and of most tools never read. */
const SCHEMAS = ['input', 'output', 'argumentForm'] as const;

type SchemaKey = (typeof SCHEMAS)[number];

/** A tool with null in the place of each schema that it has, so that its fields keep their order. */
type Head = Omit<HttpTool, SchemaKey> & Partial<Record<SchemaKey, null>>;

/** The tools of a toolkit. The schemas of all of them are read when those of one are first asked for. */
export function readTools(slug: string): HttpTool[] {
  const { tools } = readFile<{ tools: Head[] }>(`${slug}.json`);
  let last: WeakRef<Partial<HttpTool>[]> | undefined;
  const schemas = () => {
    const kept = last?.deref();
    if (kept) return kept;
    const read = unpack(readFile<Packed>(`schemas/${slug}.json`));
    last = new WeakRef(read);
    return read;
  };
  return tools.map((head, at) => withSchemas(head, () => schemas()[at]));
}

/** The two files of a toolkit: its tools without their schemas, and the schemas. */
export function splitTools(tools: readonly HttpTool[]): { heads: Head[]; schemas: Packed } {
  const heads = tools.map((tool) => ({
    ...tool,
    ...Object.fromEntries(schemasOf(tool).map((key) => [key, null])),
  }));
  const schemas = tools.map((tool) => Object.fromEntries(schemasOf(tool).map((key) => [key, tool[key]])));
  return { heads: heads as unknown as Head[], schemas: pack(schemas) };
}

function schemasOf(tool: object): SchemaKey[] {
  return SCHEMAS.filter((key) => (tool as Record<string, unknown>)[key] !== undefined);
}

function withSchemas(head: Head, read: () => Partial<HttpTool> | undefined): HttpTool {
  const lazy = schemasOf(head).map((key): [string, PropertyDescriptor] => {
    // Read once: who compiled a schema knows it by its identity.
    let value: unknown;
    return [key, { enumerable: true, configurable: true, get: () => (value ??= read()?.[key]) }];
  });
  return Object.defineProperties(head, Object.fromEntries(lazy)) as unknown as HttpTool;
}

function readFile<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, DATA_FOLDER), 'utf8')) as T;
}

/** Tools with what they have in common written once: most of a provider's schemas come back in many of them. */
export interface Packed {
  shared: unknown[];
  tools: unknown[];
}

/** Stands for an entry of `shared`. */
const REFERENCE = '$shared';
const MIN_SHARED_LENGTH = 48;

/** @param tools plain data */
export function pack(tools: readonly Partial<HttpTool>[]): Packed {
  const counts = new Map<string, number>();
  const texts = new Map<object, string>();
  const count = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
    const inner = Array.isArray(value)
      ? `[${value.map(count).join(',')}]`
      : `{${Object.entries(value)
          .map(([key, one]) => `${JSON.stringify(key)}:${count(one)}`)
          .join(',')}}`;
    texts.set(value, inner);
    counts.set(inner, (counts.get(inner) ?? 0) + 1);
    return inner;
  };
  for (const tool of tools) count(tool);
  const places = new Map<string, number>();
  const shared: unknown[] = [];
  const write = (value: unknown, whole = false): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const text = texts.get(value) ?? '';
    if (!whole && text.length >= MIN_SHARED_LENGTH && (counts.get(text) ?? 0) > 1) {
      let place = places.get(text);
      if (place === undefined) {
        const entry = write(value, true);
        place = shared.push(entry) - 1;
        places.set(text, place);
      }
      return { [REFERENCE]: place };
    }
    if (Array.isArray(value)) return value.map((one) => write(one));
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, write(one)]));
  };
  return { tools: tools.map((tool) => write(tool, true)), shared };
}

/** Puts the shared parts in their places, in the given data itself. They stay shared in memory and are never changed. */
export function unpack({ shared, tools }: Packed): Partial<HttpTool>[] {
  const resolve = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const node = value as Record<string, unknown>;
    const reference = node[REFERENCE];
    if (typeof reference === 'number') return shared[reference];
    for (const key in node) {
      const child = node[key];
      if (typeof child === 'object' && child !== null) node[key] = resolve(child);
    }
    return node;
  };
  // An entry refers to earlier ones only.
  shared.forEach((entry, place) => (shared[place] = resolve(entry)));
  return tools.map(resolve) as Partial<HttpTool>[];
}
