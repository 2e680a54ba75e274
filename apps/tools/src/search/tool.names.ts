import { wordsOf, type Sense } from '@patchbay/search';

/**
 * The names of tools, word by word: a tool whose name says much that was not asked for is about something more
 * special than what was.
 */
export class ToolNames {
  /** Numbers of the words, one name after the other. */
  private readonly words: Int32Array;
  private readonly begins: Int32Array;
  private readonly numbers = new Map<string, number>();
  private readonly rarities: Float32Array;
  /** How surely the query at hand says each word. */
  private readonly sure: Float32Array;
  private said: number[] = [];

  /** @param unsaid the words of a name that say nothing of the tool, such as its toolkit's */
  constructor(names: readonly { name: string; unsaid: string }[], rarityOf: (word: string) => number) {
    const words: number[] = [];
    this.begins = new Int32Array(names.length + 1);
    for (const [document, { name, unsaid }] of names.entries()) {
      const silent = new Set(wordsOf(unsaid));
      for (const word of new Set(wordsOf(name))) if (!silent.has(word)) words.push(this.numberOf(word));
      this.begins[document + 1] = words.length;
    }
    this.words = Int32Array.from(words);
    this.rarities = Float32Array.from(this.numbers.keys(), rarityOf);
    this.sure = new Float32Array(this.rarities.length);
  }

  /**
   * Tells of a document how much of its name a query says, by the rarity of the words: 0 to 1. Good until it is asked of
   * the next query.
   */
  saidBy(senses: readonly Sense[]): (document: number) => number {
    const { sure } = this;
    for (const number of this.said) sure[number] = 0;
    this.said = [];
    for (const { terms } of senses) {
      for (const [term, weight] of terms) {
        const number = this.numbers.get(term);
        if (number === undefined) continue;
        sure[number] = Math.max(sure[number] as number, weight);
        this.said.push(number);
      }
    }
    return (document) => {
      let [said, whole] = [0, Number.EPSILON];
      for (let at = this.begins[document] as number; at < (this.begins[document + 1] as number); at += 1) {
        const word = this.words[at] as number;
        const rarity = this.rarities[word] as number;
        whole += rarity;
        said += rarity * (sure[word] as number);
      }
      return said / whole;
    };
  }

  /** 1 for a name of no words, less the longer it is. */
  brevity(document: number): number {
    const length = (this.begins[document + 1] as number) - (this.begins[document] as number);
    return 1 / Math.sqrt(1 + length);
  }

  private numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(word, number);
    return number;
  }
}
