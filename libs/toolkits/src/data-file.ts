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
  /** Where the package has it from, when it says so. */
  origin: string;
  /** Where the sign-in is from: the document itself, or a page of the provider's and the day on which it was read. */
  signIn?: 'document' | { from: string; readOn: string };
}

/** A file of imported tools, `data/<slug>.json`: what a toolkit is, where its tools come from, and they themselves. */
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
  return JSON.parse(readFileSync(new URL('index.json', DATA_FOLDER), 'utf8')) as DataIndex;
}

export function readTools(slug: string): HttpTool[] {
  return unpack(JSON.parse(readFileSync(new URL(`${slug}.json`, DATA_FOLDER), 'utf8')) as Packed);
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
export function pack(tools: readonly HttpTool[]): Packed {
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
export function unpack({ shared, tools }: Packed): HttpTool[] {
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
  return tools.map(resolve) as HttpTool[];
}
