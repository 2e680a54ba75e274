import { stemmer } from 'stemmer';

/** Words that say nothing about which tool is meant; of other languages those that mean nothing in English. */
const STOP_WORDS = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have he her here him his i if in ' +
    'into is it its just let lets like may me might my need no not now of off on one or our out over please she ' +
    'should so some somebody someone something than that the their them then there these they this those through ' +
    'to too under up us via want was we were will with would you your ' +
    'le la les un une uno una de des du et en dans avec sans sont mes ses notre nos votre vos leur aux cette ces qui que ' +
    'der das dem ein eine einen einem einer und oder mit von vom zum zur auf aus bei nach ist sind mein meine meinen ' +
    'el los las unos unas del para esta estos como gli nel nella della delle dei uma dos nas een voor het mijn'
  ).split(' '),
);

/**
 * The words of a text as the index knows them: lower case, stemmed, without those that say nothing.
 * `userId`, `user_id` and `user id` are the same words.
 */
export function wordsOf(text: string): string[] {
  return rawWordsOf(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stemOf);
}

/** Scripts that put no spaces between words. */
const UNSPACED =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+$/u;
const RUNS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+|[\p{L}\p{N}]+/gu;

/** Lower case and cut apart, nothing left out: where a script has no spaces, into each two characters. */
export function rawWordsOf(text: string): string[] {
  const runs =
    text
      .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f'’]/g, '')
      .match(RUNS) ?? [];
  return runs.flatMap((run) => (isUnspaced(run) ? pairsOf(run) : run));
}

/** Of a script without spaces: two of its characters may be a word, or the end of one and the beginning of the next. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}

function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length < 3) return [run];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}

const stems = new Map<string, string>();
const STEMS_AT_MOST = 200_000;

/** Stemming is most of the work of building an index, and a catalogue has few different words. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = stemmer(word);
  if (stems.size < STEMS_AT_MOST) stems.set(word, stem);
  return stem;
}
