import type { Toolkit } from '@patchbay/contracts';
import { distanceWithin, rawWordsOf, stemOf } from '@patchbay/search';
import { readMcpServers } from '@patchbay/toolkits';

/** What people also call a product. */
const ALSO_CALLED: Record<string, readonly string[]> = {
  gmail: ['google mail', 'google email', 'google mailbox', 'google inbox'],
  googlecalendar: ['gcal', 'google cal', 'calendar google'],
  googledrive: ['gdrive', 'drive'],
  googlesheets: ['gsheet', 'gsheets', 'google spreadsheet', 'google spreadsheets', 'google table'],
  googledocs: ['gdoc', 'gdocs', 'google document'],
  googletasks: ['gtasks', 'google todo'],
  googlebigquery: ['bigquery'],
  github: ['gh', 'gist'],
  outlook: ['microsoft mail', 'microsoft calendar', 'office 365', 'hotmail', 'exchange'],
  hackernews: ['hn', 'ycombinator'],
  discordbot: ['discord bot'],
  stack_exchange: ['stack overflow', 'stackoverflow'],
};
/** Names that are words of every day, too: who says one may mean something else. */
const EVERYDAY = new Set(
  'ably abstract alchemy box canvas drive exchange linear notion square time zoom'.split(' '),
);
/** Several names begin with them, and that is all these have in common: OpenAI and OpenWeatherMap, API Ninjas and API.Bible. */
const NO_FAMILY = new Set(['agent', 'api', 'app', 'deep', 'open']);
for (const { slug, name, isWord } of readMcpServers())
  if (isWord)
    for (const called of [slug, name])
      if (rawWordsOf(called).length === 1) EVERYDAY.add(called.toLowerCase());
/** These are no product where they stand: "in time". */
const NEVER_SURE = 'time';
/** What stands right before a name, and before a word of every day only with an article: "in box", "in the box". */
const BEFORE_NAMES = new Set('at from in into of on onto our through to using via with'.split(' '));
const SLIPS_FROM = 4;
const TWO_SLIPS_FROM = 8;

/** The toolkits that a query names. */
export interface NamedToolkits {
  slugs: ReadonlySet<string>;
  /** All of them by words that may mean something else. */
  areWords: boolean;
  /** All of them by names that a project gave its own, which may be any words: "film", "weather". */
  areOwn: boolean;
}

/** What was found in a query, and at which of its words. */
export interface FoundNames extends NamedToolkits {
  places: ReadonlySet<number>;
}

interface Name {
  words: readonly string[];
  toolkit: string;
  isWord: boolean;
  isOwn: boolean;
}

/** Which toolkits a query names, by their names, slugs and what people also call them. */
export class ToolkitNames {
  /** By first word. */
  private readonly names = new Map<string, Name[]>();
  /** Those of one word. */
  private readonly single = new Map<string, Name[]>();

  /** @param without names that are words of every day: who says one names nothing */
  constructor(
    toolkits: Iterable<Pick<Toolkit, 'slug' | 'name'> & Partial<Pick<Toolkit, 'isCustom' | 'quality'>>>,
    { without = '' as '' | 'everyday' } = {},
  ) {
    for (const { slug, name, isCustom, quality } of toolkits) {
      for (const called of new Set([slug, name, ...(ALSO_CALLED[slug] ?? [])])) {
        const words = rawWordsOf(called).map(stemOf);
        const isEveryday = EVERYDAY.has(called.toLowerCase());
        if (words.length === 0 || (without === 'everyday' && isEveryday)) continue;
        // "On Monday" is no board.
        const isOwn = isCustom === true || (isEveryday && quality?.grade === 'vendor_mcp');
        this.add({ words, toolkit: slug, isWord: isOwn || isEveryday, isOwn });
      }
    }
    this.addFamilies();
  }

  /**
   * @param words lower case, nothing left out
   * @param isWord whether a stem is a word of the catalogue, and so no slip in typing a name
   */
  findIn(words: readonly string[], isWord: (stem: string) => boolean): FoundNames {
    const stems = words.map(stemOf);
    const found: Name[] = [];
    const places = new Set<number>();
    for (let at = 0; at < stems.length; at += 1) {
      const { names, length } = this.namesAt(stems, at, isWord);
      if (names.length === 0) continue;
      const isSure = BEFORE_NAMES.has(words[at - 1] ?? '') && words[at] !== NEVER_SURE;
      found.push(...names.map((name) => (isSure && !name.isOwn ? { ...name, isWord: false } : name)));
      // The words of a project's own names say what is wanted, too.
      if (!names.every(({ isOwn }) => isOwn))
        for (let index = 0; index < length; index += 1) places.add(at + index);
      at += length - 1;
    }
    return {
      slugs: new Set(found.map(({ toolkit }) => toolkit)),
      areWords: found.every((name) => name.isWord),
      areOwn: found.every((name) => name.isOwn),
      places,
    };
  }

  private namesAt(stems: readonly string[], at: number, isWord: (stem: string) => boolean) {
    const stem = stems[at] as string;
    const here = (this.names.get(stem) ?? []).filter(({ words }) =>
      words.every((word, index) => stems[at + index] === word),
    );
    // The longest name is the one meant: "google drive", and not "drive" inside of it.
    const length = Math.max(0, ...here.map(({ words }) => words.length));
    if (length > 0) return { names: here.filter(({ words }) => words.length === length), length };
    const joined = this.single.get(`${stem}${stems[at + 1] ?? ''}`);
    if (joined) return { names: joined, length: 2 };
    return { names: isWord(stem) ? [] : this.nearlyNamed(stem), length: 1 };
  }

  /** A slip in typing: "gihub". */
  private nearlyNamed(stem: string): Name[] {
    if (stem.length < SLIPS_FROM) return [];
    const slips = stem.length >= TWO_SLIPS_FROM ? 2 : 1;
    return [...this.single]
      .filter(([name]) => name.startsWith(stem.charAt(0)) && distanceWithin(stem, name, slips) <= slips)
      .flatMap(([, names]) => names.filter((name) => !name.isWord));
  }

  private add(name: Name): void {
    const first = name.words[0] as string;
    const by = [this.names, ...(name.words.length === 1 ? [this.single] : [])];
    for (const names of by) names.set(first, [...(names.get(first) ?? []), name]);
  }

  /** The first word that several names share stands for all of them: "google". */
  private addFamilies(): void {
    for (const [first, names] of this.names) {
      const toolkits = new Set(names.map(({ toolkit }) => toolkit));
      if (toolkits.size < 2 || NO_FAMILY.has(first)) continue;
      for (const toolkit of toolkits) {
        const of = names.filter((name) => name.toolkit === toolkit);
        this.add({
          words: [first],
          toolkit,
          isWord: of.some(({ isWord }) => isWord),
          isOwn: of.some(({ isOwn }) => isOwn),
        });
      }
    }
  }
}
