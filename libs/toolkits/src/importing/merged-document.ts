import { isObject, type JsonObject } from '../openapi/document.js';

/** A document by the name of its file, by which others refer to it. */
export interface NamedDocument {
  file: string;
  content: unknown;
}

/**
 * Several documents of one API as one. The first says what the API is; the paths of the others keep the servers that
 * their own document has them at, and their components are told apart from those of the same name. Where one refers to
 * another of them, it does so still.
 */
export function mergedDocument(documents: readonly NamedDocument[]): unknown {
  const [first, ...others] = documents;
  if (!first || !isObject(first.content) || others.length === 0) return first?.content;
  const marks = new Map(
    documents.map(({ file }, index) => [nameOf(file), index === 0 ? '' : `_${index + 1}`]),
  );
  const whole = object(withMarkedReferences(first.content, '', marks));
  const paths: JsonObject = { ...object(whole['paths']) };
  const components: JsonObject = { ...object(whole['components']) };
  for (const { file, content } of others) {
    const mark = marks.get(nameOf(file)) ?? '';
    const other = object(withMarkedReferences(content, mark, marks));
    for (const [path, item] of Object.entries(object(other['paths']))) {
      const servers = object(item)['servers'] ?? other['servers'];
      const isElsewhere = JSON.stringify(servers) !== JSON.stringify(whole['servers']);
      const own = servers !== undefined && isElsewhere ? { ...object(item), servers } : object(item);
      paths[path] = { ...own, ...object(paths[path]) };
    }
    for (const [kind, parts] of Object.entries(object(other['components']))) {
      const marked = Object.entries(object(parts)).map(([name, part]) => [`${name}${mark}`, part]);
      components[kind] = { ...object(components[kind]), ...Object.fromEntries(marked) };
    }
  }
  return { ...whole, paths, components };
}

function nameOf(file: string): string {
  return file.replace(/^.*\//, '');
}

function object(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

const REFERENCE = /^([^#]*)(#\/components\/[^/]+\/[^/]+)/;

function withMarkedReferences(value: unknown, mark: string, marks: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => withMarkedReferences(one, mark, marks));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace(REFERENCE, (whole, file: string, place: string) => {
            const its = file === '' ? mark : marks.get(nameOf(file));
            return its === undefined ? whole : `${place}${its}`;
          })
        : withMarkedReferences(inner, mark, marks),
    ]),
  );
}
