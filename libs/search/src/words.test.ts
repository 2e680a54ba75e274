import { describe, expect, it } from 'vitest';
import { LexicalIndex } from './lexical.index.js';
import { rawWordsOf, wordsOf } from './words.js';

describe('words', () => {
  it.each([
    ['getUserByID', 'get user by id'],
    ['HTTPServer_list-items.v2', 'http server list items v2'],
    ['créer', 'creer'],
    ['查询天气', '查询 询天 天气'],
    ['天气', '天气'],
  ])('of %s are %s', (text, words) => {
    expect(rawWordsOf(text).join(' ')).toBe(words);
  });
});

describe('an index of English tools', () => {
  const names = [
    'Create event',
    'List messages',
    'Delete file',
    'Get weather',
    'Send invoice',
    'Open calendar',
  ];
  const index = new LexicalIndex(names.map((name) => ({ name, description: '', inputs: '', details: '' })));
  const best = (words: string) => {
    const { scores, documents } = index.match(index.sensesOf(wordsOf(words)));
    return names[documents.toSorted((a, b) => (scores[b] as number) - (scores[a] as number))[0] ?? -1];
  };

  it.each([
    ['créer un événement', 'Create event'],
    ['Nachrichten auflisten', 'List messages'],
    ['eliminar archivo', 'Delete file'],
    ['查询天气', 'Get weather'],
    ['kalendar', 'Open calendar'],
    ['mesages', 'List messages'],
  ])('is asked "%s" and finds "%s"', (words, name) => {
    expect(best(words)).toBe(name);
  });

  it('takes nothing for a word that looks like none of its own', () => {
    expect(best('xyzzy plugh')).toBeUndefined();
  });
});
