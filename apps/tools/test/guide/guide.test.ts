import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findBreaches, importOpenApi, inputSchemaOf } from '@patchbay/toolkits';
import { parseOpenApi } from '@patchbay/toolkits/parsers';
import { describeToolkit } from '../describe-toolkit.js';
import { describeTriggers, HOOK_SECRET, HOOK_URL } from '../describe-triggers.js';
import { notesWithTriggers } from './note-added.js';
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

describe('the guide to a trigger', () => {
  it('shows the type that is tried here', () => {
    const shown = /<!-- trigger -->\n\n```ts\n([\s\S]*?)```/.exec(README)?.[1];
    expect(shown).toBe(read('./note-added.ts'));
  });
});

const T1 = '2026-11-30T10:00:01.000Z';
const T2 = '2026-11-30T10:00:02.000Z';
const noteAt = (id: string, created_at: string) => ({ ...note, id, created_at });
const notesSince = (since: string, answer: unknown[]) => ({
  request: `GET ${API}/folders/f1/notes?sort=-created_at${since && `&since=${since}`}`,
  answer,
});

describeTriggers(notesWithTriggers, {
  NOTES_NOTE_ADDED_TRIGGER: {
    poll: {
      config: { folder_id: 'f1' },
      first: [notesSince('', [noteAt('n1', T1)])],
      next: [notesSince('2026-11-30T10:00:00.000Z', [noteAt('n2', T2), noteAt('n1', T1)])],
      events: [{ id: 'n2', at: T2, payload: { note_id: 'n2', text: 'Buy milk' } }],
      again: [notesSince(T1, [noteAt('n2', T2), noteAt('n1', T1)])],
    },
    push: {
      config: { folder_id: 'f1' },
      registers: [
        {
          request: `POST ${API}/hooks`,
          body: { folder: 'f1', url: HOOK_URL, secret: HOOK_SECRET },
          answer: { id: 'h1' },
        },
      ],
      hook: { id: 'h1' },
      delivery: { headers: { 'x-notes-delivery': 'd1' }, body: noteAt('n2', T2) },
      events: [{ id: 'n2', at: T2, payload: { note_id: 'n2', text: 'Buy milk' } }],
    },
  },
});
