import { stemmer } from 'stemmer';

/** Words that say nothing about which tool is meant. */
const STOP_WORDS = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have he her here him his i if in ' +
    'into is it its just let lets like may me might my need no not now of off on one or our out over please she ' +
    'should so some somebody someone something than that the their them then there these they this those through ' +
    'to too under up us via want was we were will with would you your'
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

/** Lower case and cut apart, nothing left out. */
export function rawWordsOf(text: string): string[] {
  return (
    text
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f'’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
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
