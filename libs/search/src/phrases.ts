/**
 * Phrases whose words say something else one by one: `put … off` has nothing to do with putting. Before the colon
 * the words in their order, `…` for a few words in between; after it what a catalogue calls that.
 */
const PHRASES = `
  get rid: delete
  throw … away: delete
  throw … out: delete
  throw … bin: trash
  take … back: delete
  take … off: remove
  take … out: remove
  call … off: cancel
  put … off: postpone
  push … back: postpone
  put … away: archive
  put … down: create
  note … down: note create
  write … down: note create
  jot … down: note create
  set … up: create
  sign … up: register registrant
  kick … off: create start
  tick … off: complete
  check … off: complete
  give … back: refund return
  money back: refund
  hand … over: assign
  make … responsible: assign
  give … access: share permission
  let … edit: share permission
  let … see: share permission
  pass … on: forward
  pass … along: forward
  turned up: attended participants
  showed up: attended participants
  look … up: find
  looking for: find
  look for: find
  pull … up: get
  bring … in: invite
  bring … into: invite
  break … into: subtask split
  break … down: subtask split
  split … into: subtask split
  who am i: current user profile authenticated
  logged in: current user authenticated
  what did i say: comment
  what i said: comment
  came with: attachment
  comes with: attachment
  to do: task
  todo: task
  in one go: batch multiple
  at once: batch multiple
  in bulk: batch multiple
  a bunch: batch multiple
  how many: count get
  how much: count get
  by hand: manual dispatch
  for later: draft later
  do i have: list authenticated member
  i have: list authenticated member
  am i: authenticated member
  belong to: member
  once more: rerun retry
  right now: current top
  coming up: upcoming list
  pull requests: pull request
  prs: pull request
  pr: pull request
`;

/** So many words may stand in between. */
const GAP = 5;

interface Phrase {
  words: readonly string[];
  hasGap: boolean;
  plainWords: readonly string[];
}

const phrases = readPhrases();

/**
 * A query's words with each phrase replaced by what it means. What stands in a phrase's gap stays.
 * @param words lower case, nothing left out
 */
export function plainly(words: readonly string[]): string[] {
  const plain: string[] = [];
  const spoken = new Set<number>();
  for (const [at, word] of words.entries()) {
    if (spoken.has(at)) continue;
    const found = firstMatch(words, at, spoken);
    if (!found) {
      plain.push(word);
      continue;
    }
    plain.push(...found.phrase.plainWords);
    for (const place of found.places) spoken.add(place);
  }
  return plain;
}

function firstMatch(words: readonly string[], at: number, spoken: ReadonlySet<number>) {
  for (const phrase of phrases.get(words[at] ?? '') ?? []) {
    const places = placesOf(phrase, words, at);
    if (places && !places.some((place) => spoken.has(place))) return { phrase, places };
  }
  return undefined;
}

function placesOf({ words: wanted, hasGap }: Phrase, words: readonly string[], at: number) {
  if (!hasGap)
    return wanted.every((word, index) => words[at + index] === word)
      ? wanted.map((_, i) => at + i)
      : undefined;
  const end = words.slice(at + 1, at + 2 + GAP).indexOf(wanted[1] ?? '');
  return end < 0 ? undefined : [at, at + 1 + end];
}

function readPhrases(): Map<string, Phrase[]> {
  const found = new Map<string, Phrase[]>();
  for (const line of PHRASES.split('\n')) {
    const [said = '', meant] = line.trim().split(': ');
    if (!meant) continue;
    const words = said.split(' ').filter((word) => word !== '…');
    const phrase = { words, hasGap: said.includes('…'), plainWords: meant.split(' ') };
    const [first = ''] = words;
    found.set(first, [...(found.get(first) ?? []), phrase]);
  }
  return found;
}
