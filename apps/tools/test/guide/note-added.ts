import {
  ACCEPTED,
  isSigned,
  jsonBody,
  newItems,
  refuse,
  triggerType,
  type ToolkitSpec,
  type WebhookReceiver,
} from '@patchbay/toolkits';
import { z } from 'zod';
import { notes } from './notes.js';

const Note = z.object({ id: z.string(), text: z.string(), created_at: z.string() });
const Hook = z.object({ id: z.string() });

/** How the provider's webhooks are verified and read: one for all types of the toolkit. */
const receiver: WebhookReceiver = {
  toolkit: 'notes',
  model: 'user',
  verify: ({ headers, body }, { secrets: { secret = '' } }) =>
    isSigned({ secret, message: [body], given: headers['x-notes-signature'] })
      ? ACCEPTED
      : refuse('X-Notes-Signature is not of this hook.'),
  open(request) {
    const id = request.headers['x-notes-delivery'];
    const note = Note.safeParse(jsonBody(request));
    return id && note.success ? [{ id, kind: 'note.added', body: note.data }] : [];
  },
};

const noteAdded = triggerType({
  slug: 'NOTES_NOTE_ADDED_TRIGGER',
  name: 'Note added',
  description: 'Somebody writes a note into the folder.',
  config: z.object({ folder_id: z.string().min(1).describe('Id of the folder.') }),
  payload: z.object({
    note_id: z.string().describe('Id of the note.'),
    text: z.string().describe('What it says.'),
  }),
  poll: newItems({
    async list({ config: { folder_id }, since, runtime: { http } }) {
      const url = `/folders/${encodeURIComponent(folder_id)}/notes`;
      const found = await http.request({ method: 'GET', url, query: { sort: '-created_at', since } });
      return { items: z.array(Note).parse(found) };
    },
    keyOf: ({ id }) => id,
    timeOf: ({ created_at }) => created_at,
    payload: ({ id, text }) => ({ note_id: id, text }),
  }),
  webhook: {
    receiver,
    async register({ config: { folder_id: folder }, url, secret, runtime: { http } }) {
      const made = await http.request({
        method: 'POST',
        url: '/hooks',
        body: { json: { folder, url, secret } },
      });
      return { hook: Hook.parse(made) };
    },
    async remove({ hook, runtime: { http } }) {
      await http.request({ method: 'DELETE', url: `/hooks/${Hook.parse(hook).id}` });
    },
    events({ body }) {
      const { id, text, created_at: at } = Note.parse(body);
      return [{ id, at, payload: { note_id: id, text } }];
    },
  },
});

export const notesWithTriggers: ToolkitSpec = { ...notes, triggers: [noteAdded] };
