import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { around, fields, flags, id, position, text, Thing } from './fields.js';

const idCard = id('card');
const card = {
  name: text('Title of the card.'),
  desc: text('Text of the card, in Markdown.'),
  due: text('When it is due, ISO 8601, or null.'),
  pos: position,
  idList: text('Id of the list that it lies in.'),
  idBoard: text('Id of the board.'),
  idMembers: text('Ids of the people on it, joined by commas.'),
  idLabels: text('Ids of its labels, joined by commas.'),
  labels: text('Colours of labels, joined by commas; the older way.'),
  idAttachmentCover: text('Id of the attachment shown at its top.'),
  ...flags,
};
const creation = {
  idCardSource: text('Id of a card that it is a copy of.'),
  keepFromSource: text('What is copied from there: all, or attachments, checklists, comments …'),
  urlSource: text('Address that is attached.'),
  fileSource: text('Outdated; use urlSource.'),
};

export const cardTools: ToolSpec[] = [
  requestTool({
    slug: 'TRELLO_ADD_CARDS',
    name: 'Add cards',
    description: 'Puts a new card onto a list.',
    input: z.object({ ...card, ...creation }),
    output: Thing,
    tags: ['important'],
    scopes: ['write'],
    request: (query) => ({ method: 'POST', url: '/cards', query }),
  }),
  requestTool({
    slug: 'TRELLO_UPDATE_CARDS_BY_ID_CARD',
    name: 'Update card',
    description: 'Changes a card: its title, text, date or people, or moves it onto another list.',
    input: z.object({ idCard, ...card }),
    output: Thing,
    tags: ['important', 'idempotentHint', 'destructiveHint'],
    scopes: ['write'],
    request: ({ idCard: card_, ...query }) => ({ method: 'PUT', url: path`/cards/${card_}`, query }),
  }),
  requestTool({
    slug: 'TRELLO_GET_CARDS_BY_ID_CARD',
    name: 'Get card',
    description: 'Reads one card, with its list, checklists, attachments and history if wanted.',
    input: z.object({
      idCard,
      fields: fields(),
      actions: text('Kinds of actions to tell, such as commentCard.'),
      attachments: text('Whether attachments are told: true, false or cover.'),
      board: text('Whether its board is told.'),
      checkItemStates: text('Whether the state of items is told.'),
      checklists: z.string().default('none').describe('Whether its checklists are told: all or none.'),
      list: text('Whether its list is told.'),
      members: text('Whether the people on it are told.'),
      member_fields: text('Which fields of people to tell.'),
      stickers: text('Whether its stickers are told.'),
      ...around(
        'action_fields',
        'action_memberCreator_fields',
        'actions_display',
        'actions_entities',
        'actions_limit',
        'attachment_fields',
        'board_fields',
        'checkItemState_fields',
        'checklist_fields',
        'list_fields',
      ),
    }),
    output: Thing,
    tags: ['readOnlyHint'],
    scopes: ['read'],
    request: ({ idCard: card_, ...query }) => ({ method: 'GET', url: path`/cards/${card_}`, query }),
  }),
  requestTool({
    slug: 'TRELLO_DELETE_CARDS_BY_ID_CARD',
    name: 'Delete card',
    description: 'Deletes a card for ever.',
    input: z.object({ idCard }),
    output: z.object({ success: z.boolean() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: ['write'],
    request: ({ idCard: card_ }) => ({ method: 'DELETE', url: path`/cards/${card_}` }),
    answer: () => ({ success: true }),
  }),
  requestTool({
    slug: 'TRELLO_ADD_CARDS_ACTIONS_COMMENTS_BY_ID_CARD',
    name: 'Add comment to card',
    description: 'Writes a comment on a card.',
    input: z.object({ idCard, text: z.string().min(1).describe('Text of the comment.') }),
    output: Thing,
    tags: [],
    scopes: ['write'],
    request: ({ idCard: card_, ...query }) => ({
      method: 'POST',
      url: path`/cards/${card_}/actions/comments`,
      query,
    }),
  }),
];
