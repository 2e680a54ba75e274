/** Shorter words have too many neighbours for a slip to be told from another word. */
const SHORTEST = 3;
const LONG_WORD = 8;
const PREFIX_AT_LEAST = 4;
const NEAR_AT_MOST = 8;
/** A word that was only nearly typed counts less. */
const SLIP_WEIGHT = 0.75;
const PREFIX_WEIGHT = 0.6;
/** Words of other languages: shorter ones look like too many, and less alike they are others. */
const COGNATE_AT_LEAST = 5;
const ALIKE = 0.6;
const COGNATE_WEIGHT = 0.7;
const REMEMBERED_AT_MOST = 2_000;

/** Words that begin alike, each with the letters that it has, a bit a letter. */
interface Beginning {
  words: string[];
  letters: number[];
}

/** The words of an index that an unknown one may have been meant for. */
export class Spelling {
  private readonly byFirst = new Map<string, Beginning>();
  private threes: Threes | undefined;
  private readonly remembered = new Map<string, ReadonlyMap<string, number>>();

  constructor(vocabulary: Iterable<string>) {
    for (const word of vocabulary) {
      const first = word.charAt(0);
      let beginning = this.byFirst.get(first);
      if (!beginning) this.byFirst.set(first, (beginning = { words: [], letters: [] }));
      beginning.words.push(word);
      beginning.letters.push(lettersOf(word));
    }
  }

  /** Words that begin alike and differ by one slip of typing, two in long ones, or that it is the beginning of. */
  near(word: string): ReadonlyMap<string, number> {
    if (word.length < SHORTEST) return new Map();
    const known = this.remembered.get(word);
    if (known) return known;
    const near = this.look(word);
    if (this.remembered.size >= REMEMBERED_AT_MOST) this.remembered.clear();
    this.remembered.set(word, near);
    return near;
  }

  /** Words that share most of their threes of characters: the same word of another language, or a part of a compound. */
  private cognates(word: string): [string, number][] {
    // Made when the first word of another language comes.
    this.threes ??= new Threes([...this.byFirst.values()].flatMap(({ words }) => words));
    return this.threes
      .alike(word)
      .filter(([, alike]) => alike >= ALIKE)
      .map(([candidate, alike]) => [candidate, COGNATE_WEIGHT * alike]);
  }

  private look(word: string): Map<string, number> {
    const slips = word.length >= LONG_WORD ? 2 : 1;
    const letters = lettersOf(word);
    const found: [string, number][] = [];
    const { words = [], letters: lettersOfWords = [] } = this.byFirst.get(word.charAt(0)) ?? {};
    for (const [at, candidate] of words.entries()) {
      // One slip takes away a letter and brings another one at most: nearly all words are told by that.
      const differing = bitsSet(letters ^ (lettersOfWords[at] as number));
      const distance = differing > 2 * slips ? slips + 1 : distanceWithin(word, candidate, slips);
      if (distance <= slips) found.push([candidate, SLIP_WEIGHT / distance]);
      else if (word.length >= PREFIX_AT_LEAST && candidate.startsWith(word)) {
        found.push([candidate, (PREFIX_WEIGHT * word.length) / candidate.length]);
      }
    }
    if (found.length === 0 && word.length >= COGNATE_AT_LEAST) found.push(...this.cognates(word));
    return new Map(found.toSorted(([, a], [, b]) => b - a).slice(0, NEAR_AT_MOST));
  }
}

/** The words of a vocabulary by the threes of characters in them. */
class Threes {
  private readonly words: readonly string[];
  /** Places in `words`. */
  private readonly having = new Map<string, number[]>();
  /** How many a word shares, while it is looked for; nothing but zeros in between. */
  private readonly shared: Uint16Array;

  constructor(vocabulary: readonly string[]) {
    this.words = vocabulary.filter(({ length }) => length >= PREFIX_AT_LEAST);
    this.shared = new Uint16Array(this.words.length);
    for (const [place, word] of this.words.entries()) {
      for (const three of threesOf(word)) {
        const places = this.having.get(three);
        if (places) places.push(place);
        else this.having.set(three, [place]);
      }
    }
  }

  /** Words with how alike they are, of those that share at least one: 0 to 1. */
  alike(word: string): [string, number][] {
    const threes = threesOf(word);
    const touched: number[] = [];
    for (const three of threes) {
      for (const place of this.having.get(three) ?? []) {
        if (this.shared[place] === 0) touched.push(place);
        this.shared[place] = (this.shared[place] as number) + 1;
      }
    }
    return touched.map((place) => {
      const candidate = this.words[place] as string;
      const alike = (2 * (this.shared[place] as number)) / (threes.size + candidate.length);
      this.shared[place] = 0;
      return [candidate, alike];
    });
  }
}

/** What languages write in several ways is one: `Kalender` and `calendar`. */
function threesOf(word: string): Set<string> {
  const padded = `^${word.replaceAll('k', 'c').replaceAll('z', 's').replaceAll('w', 'v').replaceAll('y', 'i')}$`;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

/** A bit for each letter that the word has; several letters share one where an alphabet has more than 32. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bitsSet(bits: number): number {
  let [count, rest] = [0, bits];
  for (; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Optimal string alignment distance, given up as soon as it exceeds the limit. */
export function distanceWithin(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(num(last, j) + 1, num(row, j - 1) + 1, num(last, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, num(beforeLast, j - 2) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    [beforeLast, last] = [last, row];
  }
  return num(last, b.length);
}

function num(row: readonly number[], at: number): number {
  return row[at] ?? Infinity;
}
