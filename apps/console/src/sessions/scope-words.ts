import type { Answer, BodyOf } from '@patchbay/client';

export type Config = Answer<'getSession'>['config'];
export type Changes = BodyOf<'updateSession'>;
type Filter = { enable: string[] } | { disable: string[] };
type Tools = NonNullable<Changes['tools']>;

/** The words of a text: slugs, ids. */
export const wordsIn = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** What of the toolkits is in a session, as a choice and its slugs. */
export function toolkitsAsWords({ toolkits }: Config): { way: 'all' | 'only' | 'but'; slugs: string } {
  if (!toolkits) return { way: 'all', slugs: '' };
  return 'enabled' in toolkits
    ? { way: 'only', slugs: toolkits.enabled.join(', ') }
    : { way: 'but', slugs: toolkits.disabled.join(', ') };
}

/** One line a toolkit: `github: GITHUB_A, GITHUB_B` are the only ones, `github: -GITHUB_C` is all but that one. */
export function toolsAsWords({ tools }: Config): string {
  return Object.entries(tools)
    .flatMap(([toolkit, filter]) => {
      if ('tags' in filter) return [];
      const slugs = 'enabled' in filter ? filter.enabled : filter.disabled.map((slug) => `-${slug}`);
      return [`${toolkit}: ${slugs.join(', ')}`];
    })
    .join('\n');
}

/** @returns the line that cannot be read, or the filters. Those by tags, which have no words here, stay as they are. */
export function toolsIn(text: string, { tools }: Config): { wrong: string } | { tools: Tools } {
  const kept = Object.entries(tools).flatMap(([toolkit, filter]) =>
    'tags' in filter
      ? [
          [
            toolkit,
            { tags: { enable: filter.tags.enabled ?? [], disable: filter.tags.disabled ?? [] } },
          ] as const,
        ]
      : [],
  );
  const lines = linesIn(text);
  if ('wrong' in lines) return lines;
  const read: [string, Filter][] = [];
  for (const { line, toolkit, words } of lines.read) {
    const left = words.filter((slug) => slug.startsWith('-'));
    if (left.length > 0 && left.length < words.length) return { wrong: line };
    read.push([
      toolkit,
      left.length > 0 ? { disable: left.map((slug) => slug.slice(1)) } : { enable: words },
    ]);
  }
  return { tools: Object.fromEntries([...kept, ...read]) as Tools };
}

/** One line a toolkit: `github: ca_1, ca_2`. */
export const accountsAsWords = ({ connected_accounts: accounts }: Config) =>
  Object.entries(accounts)
    .map(([toolkit, ids]) => `${toolkit}: ${ids.join(', ')}`)
    .join('\n');

export function accountsIn(text: string): { wrong: string } | { accounts: Record<string, string[]> } {
  const lines = linesIn(text);
  if ('wrong' in lines) return lines;
  return { accounts: Object.fromEntries(lines.read.map(({ toolkit, words }) => [toolkit, words])) };
}

interface Line {
  line: string;
  toolkit: string;
  words: string[];
}

/** A toolkit has one line: of two, one would be lost without a word. */
function linesIn(text: string): { wrong: string } | { read: Line[] } {
  const read: Line[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, toolkit = '', rest = ''] = /^\s*([\w-]+)\s*:(.+)$/.exec(line) ?? [];
    const words = wordsIn(rest);
    if (words.length === 0 || read.some((other) => other.toolkit === toolkit)) return { wrong: line };
    read.push({ line, toolkit, words });
  }
  return { read };
}
