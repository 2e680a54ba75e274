import { authField, functionTool, httpTool, letterLogo, type ToolkitSpec } from '@patchbay/toolkits';
import { z } from 'zod';

const note = z.object({ id: z.string(), text: z.string() });

const createNote = httpTool({
  slug: 'NOTES_CREATE_NOTE',
  name: 'Create note',
  description: 'Writes a new note into one of the folders of the connected account.',
  method: 'POST',
  path: '/folders/{folder_id}/notes',
  input: z.object({
    folder_id: z.string().describe('Id of the folder.'),
    text: z.string().min(1).describe('What the note says.'),
  }),
  output: note,
  tags: ['important'],
});

const listNotes = httpTool({
  slug: 'NOTES_LIST_NOTES',
  name: 'List notes',
  description: 'Lists the notes of a folder, the newest first.',
  method: 'GET',
  path: '/folders/{folder_id}/notes',
  dataKey: 'notes',
  input: z.object({
    folder_id: z.string().describe('Id of the folder.'),
    limit: z.int().min(1).max(100).default(20).describe('Notes to list.'),
  }),
  output: z.object({ notes: z.array(note) }),
  tags: ['important', 'readOnlyHint'],
});

const moveNote = functionTool({
  slug: 'NOTES_MOVE_NOTE',
  name: 'Move note',
  description:
    'Moves a note into another folder: the API has no such request, so it is copied and then deleted.',
  input: z.object({
    note_id: z.string().describe('Id of the note.'),
    folder_id: z.string().describe('Id of the folder it moves into.'),
  }),
  output: note,
  tags: ['destructiveHint'],
  run: async ({ note_id, folder_id }, { http }) => {
    const from = `/notes/${encodeURIComponent(note_id)}`;
    const { text } = note.parse(await http.request({ method: 'GET', url: from }));
    const url = `/folders/${encodeURIComponent(folder_id)}/notes`;
    const moved = note.parse(await http.request({ method: 'POST', url, body: { json: { text } } }));
    await http.request({ method: 'DELETE', url: from });
    return moved;
  },
});

export const notes: ToolkitSpec = {
  slug: 'notes',
  name: 'Notes',
  description: 'Short notes in folders.',
  logo: letterLogo('Notes'),
  categories: ['documents'],
  version: '20261123_00',
  baseUrl: 'https://api.notes.example/v1',
  auth: [
    {
      scheme: 'API_KEY',
      placement: { headers: { 'x-notes-key': '{generic_api_key}' } },
      connectionFields: [authField('generic_api_key', 'API key', { secret: true })],
    },
  ],
  tools: [createNote, listNotes, moveNote],
};
