import { rawWordsOf, stemOf } from './words.js';

/** What people also call a product. */
const ALSO_CALLED: Record<string, readonly string[]> = {
  gmail: ['google mail', 'google email', 'google mailbox', 'google inbox'],
  googlecalendar: ['gcal', 'google cal', 'calendar google'],
  googledrive: ['gdrive', 'drive'],
  googlesheets: ['gsheet', 'gsheets', 'google spreadsheet', 'google spreadsheets', 'google table'],
  googledocs: ['gdoc', 'gdocs', 'google document'],
  googletasks: ['gtasks', 'google todo'],
  github: ['gh', 'gist'],
  outlook: ['microsoft mail', 'office 365', 'hotmail', 'exchange'],
  hackernews: ['hn', 'ycombinator'],
  discordbot: ['discord bot'],
};

/** Which toolkits a query names, by their names, slugs and what people also call them. */
export class ToolkitNames {
  /** By first word: the rest of the name and whose it is. */
  private readonly names = new Map<string, { words: string[]; toolkit: string }[]>();

  constructor(toolkits: Iterable<{ slug: string; name: string }>) {
    for (const { slug, name } of toolkits) {
      for (const called of new Set([slug, name, ...(ALSO_CALLED[slug] ?? [])])) {
        const words = rawWordsOf(called).map(stemOf);
        const [first] = words;
        if (!first) continue;
        const known = this.names.get(first) ?? [];
        known.push({ words, toolkit: slug });
        this.names.set(first, known);
      }
    }
  }

  /** @returns the toolkits, and the query's words without their names */
  findIn(text: string): { toolkits: Set<string>; rest: string } {
    const raw = rawWordsOf(text);
    const stems = raw.map(stemOf);
    const toolkits = new Set<string>();
    const named = new Set<number>();
    for (const [at, stem] of stems.entries()) {
      const here = (this.names.get(stem) ?? []).filter(({ words }) =>
        words.every((word, index) => stems[at + index] === word),
      );
      // The longest name is the one meant: "google drive", and not "drive" inside of it.
      const longest = Math.max(0, ...here.map(({ words }) => words.length));
      for (const { words, toolkit } of here) {
        if (words.length < longest) continue;
        toolkits.add(toolkit);
        for (let index = 0; index < longest; index += 1) named.add(at + index);
      }
    }
    return { toolkits, rest: raw.filter((_, at) => !named.has(at)).join(' ') };
  }
}
