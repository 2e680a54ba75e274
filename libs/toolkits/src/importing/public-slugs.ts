import { readFileSync } from 'node:fs';
import { MAX_SLUG_LENGTH, toWords } from '../openapi/names.js';

/** A slug that is public already, and what is known of it. */
export interface PublicSlug {
  slug: string;
  name: string;
  asOf: string;
  /** The slug that took its place. */
  successor: string;
  /** `GET /repos/{owner}/{repo}`, where it is known. */
  upstream: string;
}

/** A table with the columns toolkit, slug, name, as_of, successor and upstream, by tabs. */
export function readPublicSlugs(file: string, toolkit: string): PublicSlug[] {
  const [, ...lines] = readFileSync(file, 'utf8').split('\n');
  return lines
    .map((line) => line.split('\t'))
    .filter(([of]) => of === toolkit)
    .map(([, slug = '', name = '', asOf = '', successor = '', upstream = '']) => ({
      slug,
      name,
      asOf,
      successor,
      upstream,
    }));
}

export interface NamedOperation {
  /** `GET /repos/{owner}/{repo}` */
  key: string;
  operationId: string;
  summary: string;
}

/**
 * Which public slug is which operation's: by the request where the table has it, else where the words of
 * both say the same, and of no other. A wrong request under a public name is worse than a missing tool.
 */
export function matchSlugs(
  operations: readonly NamedOperation[],
  known: readonly PublicSlug[],
): Map<string, string> {
  const usable = known.filter(({ slug }) => slug.length <= MAX_SLUG_LENGTH);
  const newest = [...usable].sort((a, b) => b.asOf.localeCompare(a.asOf));
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  const give = (key: string, slug: string) => {
    if (slugs.has(key) || taken.has(slug)) return;
    slugs.set(key, slug);
    taken.add(slug);
  };
  const byRequest = new Map(operations.map(({ key }) => [anonymous(key), key]));
  for (const { slug, upstream, successor } of newest) {
    const key = upstream && byRequest.get(anonymous(upstream));
    if (key && !successor) give(key, slug);
  }
  const nameless = newest.filter(({ successor, upstream }) => !successor && !upstream);
  for (const generation of new Set(nameless.map(({ asOf }) => asOf))) {
    const current = nameless.filter(({ asOf }) => asOf === generation);
    for (const operationWords of OPERATION_WORDS) {
      for (const slugWords of SLUG_WORDS) {
        const byWords = unique(operations, (one) => essence(operationWords(one)));
        for (const [words, publicSlug] of unique(current, (one) => essence(slugWords(one)))) {
          const operation = words && byWords.get(words);
          if (operation) give(operation.key, publicSlug.slug);
        }
      }
    }
  }
  return slugs;
}

/** Old slugs of an operation's tool: those of the same request, and those whose successor it is in the end. */
export function aliasesOf(key: string, slug: string, known: readonly PublicSlug[]): string[] {
  const successors = new Map(known.map((one) => [one.slug, one.successor]));
  const last = (old: string): string => {
    let at = old;
    for (let steps = 0; steps < 10 && successors.get(at); steps++) at = successors.get(at) ?? at;
    return at;
  };
  return known
    .filter((one) => one.slug !== slug)
    .filter(
      (one) => (one.upstream !== '' && anonymous(one.upstream) === anonymous(key)) || last(one.slug) === slug,
    )
    .map((one) => one.slug)
    .sort();
}

/** A request without the names of its places, which differ between documents. */
export function anonymous(key: string): string {
  return key.replace(/\{[^{}]*\}/g, '{}');
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const found = new Map<string, T | undefined>();
  for (const item of items) {
    const key = keyOf(item);
    found.set(key, found.has(key) ? undefined : item);
  }
  return new Map([...found].filter((entry): entry is [string, T] => entry[1] !== undefined));
}

/** What an operation may be called by, the surest first. */
const OPERATION_WORDS = [
  ({ summary }: NamedOperation) => toWords(summary),
  ({ operationId }: NamedOperation) => toWords(operationId),
  ({ operationId }: NamedOperation) => verbFirst(toWords(operationId)),
];

/** What a slug says after its toolkit, and what its tool is called. */
const SLUG_WORDS = [
  ({ slug }: PublicSlug) => slug.split('_').slice(1),
  ({ name }: PublicSlug) => toWords(name),
];

/** `PLAYLISTS INSERT` of an API that names the thing first, as people say it. */
function verbFirst(words: readonly string[]): string[] {
  const verb = words.at(-1);
  return verb ? [verb === 'INSERT' ? 'CREATE' : verb, ...words.slice(0, -1)] : [];
}

const FILLERS = new Set(['A', 'AN', 'THE']);

/** Words without articles and without the difference of one and many, which after GET are two tools. */
function essence(words: readonly string[]): string {
  const telling = words.filter((word) => !FILLERS.has(word));
  if (telling[0] === 'GET') return telling.join(' ');
  return telling
    .map((word) => (word.length > 3 ? word.replace(/IES$/, 'Y').replace(/S$/, '') : word))
    .join(' ');
}
