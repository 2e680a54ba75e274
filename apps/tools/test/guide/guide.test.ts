import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findBreaches, importOpenApi, inputSchemaOf } from '@patchbay/toolkits';
import { parseOpenApi } from '@patchbay/toolkits/parsers';
import { describeToolkit } from '../describe-toolkit.js';
import { notes } from './notes.js';

const read = (relative: string) => readFileSync(new URL(relative, import.meta.url), 'utf8');
const README = read('../../../../libs/toolkits/README.md');
const API = 'https://api.notes.example/v1';
const note = { id: 'n1', text: 'Buy milk' };

/** A block of the guide by its language. */
function blockOf(language: string): string {
  const block = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(README)?.[1];
  if (!block) throw new Error(`the guide has no ${language}`);
  return block;
}

describe('the guide to a toolkit', () => {
  it('shows the toolkit that is tried here', () => {
    expect(blockOf('ts')).toBe(read('./notes.ts'));
  });

  it('shows tools that every provider of models takes', () => {
    expect(notes.tools.flatMap((tool) => findBreaches(tool.slug, inputSchemaOf(tool)))).toEqual([]);
  });
});

describeToolkit(notes, [
  {
    tool: 'NOTES_CREATE_NOTE',
    given: { folder_id: 'f/1', text: 'Buy milk' },
    asks: [{ request: `POST ${API}/folders/f%2F1/notes`, body: { text: 'Buy milk' }, answer: note }],
    data: note,
  },
  {
    tool: 'NOTES_LIST_NOTES',
    given: { folder_id: 'f1' },
    asks: [{ request: `GET ${API}/folders/f1/notes?limit=20`, answer: [note] }],
    data: { notes: [note] },
  },
  {
    tool: 'NOTES_MOVE_NOTE',
    given: { note_id: 'n1', folder_id: 'f2' },
    asks: [
      { request: `GET ${API}/notes/n1`, answer: note },
      { request: `POST ${API}/folders/f2/notes`, body: { text: 'Buy milk' }, answer: { ...note, id: 'n2' } },
      { request: `DELETE ${API}/notes/n1`, status: 204 },
    ],
    data: { id: 'n2' },
  },
]);

const imported = importOpenApi(parseOpenApi(blockOf('yaml')), { slug: 'notes' });

describe('the guide to importing', () => {
  it('has a document whose one operation becomes a tool', () => {
    expect(imported).toMatchObject({
      imported: [{ operation: 'GET /notes', slug: 'NOTES_FIND_NOTES' }],
      renamed: [],
      refused: [],
    });
  });
});

describeToolkit(imported.toolkit, [
  {
    tool: 'NOTES_FIND_NOTES',
    given: { words: ['milk', 'eggs'] },
    asks: [{ request: `GET ${API}/notes?words=milk%2Ceggs`, answer: [note] }],
    data: { notes: [note] },
  },
  {
    tool: 'NOTES_FIND_NOTES',
    when: 'without what it needs',
    asks: [],
    error: 'Invalid request data provided: words: is required (array)',
  },
]);
