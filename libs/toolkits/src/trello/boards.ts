import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { fields, flags, id, position, text, Thing } from './fields.js';

const idBoard = id('board');
const things = (key: string) => z.object({ [key]: z.array(Thing) });
const read = ['read'];
const write = ['write'];

export const boardTools: ToolSpec[] = [
  requestTool({
    slug: 'TRELLO_GET_MEMBERS_BOARDS_BY_ID_MEMBER',
    name: 'Get boards of a member',
    description: 'Lists the boards of a person; `me` is the account itself.',
    input: z.object({
      idMember: z.string().min(1).describe('Id or name of the person, or me.'),
      fields: fields('all'),
      filter: z.string().default('all').describe('Which boards: all, open, closed, starred, members …'),
      lists: z.string().default('open').describe('Which of their lists are told: open, closed, all, none.'),
      memberships: z.string().default('none').describe('Whether memberships are told.'),
      organization: text('Whether their workspace is told.'),
    }),
    output: things('boards'),
    tags: ['important', 'readOnlyHint'],
    scopes: read,
    request: ({ idMember, ...query }) => ({ method: 'GET', url: path`/members/${idMember}/boards`, query }),
    answer: (boards) => ({ boards }),
  }),
  requestTool({
    slug: 'TRELLO_GET_BOARDS_BY_ID_BOARD',
    name: 'Get board',
    description: 'Reads one board, with its lists, cards, labels and people if wanted.',
    input: z.object({
      idBoard,
      fields: fields(),
      cards: text('Which cards are told: open, closed, all, none.'),
      card_fields: fields(),
      lists: text('Which lists are told: open, closed, all, none.'),
      labels: text('Whether its labels are told: all or none.'),
      members: text('Which people are told: all, admins, none.'),
      actions: text('Kinds of actions to tell.'),
      checklists: text('Whether checklists are told: all or none.'),
    }),
    output: Thing,
    tags: ['readOnlyHint'],
    scopes: read,
    request: ({ idBoard: board, ...query }) => ({ method: 'GET', url: path`/boards/${board}`, query }),
  }),
  requestTool({
    slug: 'TRELLO_GET_BOARDS_LISTS_BY_ID_BOARD',
    name: 'Get lists of a board',
    description: 'Lists the lists of a board, from left to right.',
    input: z.object({
      idBoard,
      fields: fields('all'),
      filter: z.string().default('open').describe('Which lists: open, closed, all.'),
      cards: z.string().default('none').describe('Which of their cards are told: open, closed, all, none.'),
      card_fields: fields('all'),
    }),
    output: things('lists'),
    tags: ['important', 'readOnlyHint'],
    scopes: read,
    request: ({ idBoard: board, ...query }) => ({
      method: 'GET',
      url: path`/boards/${board}/lists`,
      query,
    }),
    answer: (lists) => ({ lists }),
  }),
  requestTool({
    slug: 'TRELLO_GET_BOARDS_CARDS_BY_ID_BOARD',
    name: 'Get cards of a board',
    description: 'Lists the cards of a board.',
    input: z.object({
      idBoard,
      fields: fields('all'),
      filter: z.string().default('visible').describe('Which cards: visible, open, closed, all.'),
      limit: text('How many at most, 1000 at most.'),
      before: text('Only those made before this time or card.'),
      since: text('Only those made after this time or card.'),
      attachments: text('Whether attachments are told.'),
      checklists: z.string().default('none').describe('Whether checklists are told: all or none.'),
      members: text('Whether people are told.'),
      member_fields: text('Which fields of people to tell.'),
    }),
    output: things('cards'),
    tags: ['readOnlyHint'],
    scopes: read,
    request: ({ idBoard: board, ...query }) => ({ method: 'GET', url: path`/boards/${board}/cards`, query }),
    answer: (cards) => ({ cards }),
  }),
  requestTool({
    slug: 'TRELLO_ADD_BOARDS',
    name: 'Add board',
    description: 'Makes a new board with the usual lists.',
    input: z.object({
      name: z.string().min(1).describe('Name of the board.'),
      desc: text('What it is for.'),
      idOrganization: text('Id of the workspace that it belongs to.'),
      idBoardSource: text('Id of a board that it is a copy of.'),
      keepFromSource: text('cards, to copy those too.'),
      defaultLists: text('false makes it without the usual lists.'),
      defaultLabels: text('false makes it without the usual labels.'),
      prefs__background: text('Its colour: blue, orange, green …'),
      prefs__permissionLevel: text('Who sees it: private, org or public.'),
    }),
    output: Thing,
    tags: [],
    scopes: write,
    request: ({ prefs__background, prefs__permissionLevel, ...query }) => ({
      method: 'POST',
      url: '/boards',
      query: { ...query, prefs_background: prefs__background, prefs_permissionLevel: prefs__permissionLevel },
    }),
  }),
  requestTool({
    slug: 'TRELLO_ADD_LISTS',
    name: 'Add list',
    description: 'Puts a new list onto a board.',
    input: z.object({
      name: z.string().min(1).describe('Name of the list.'),
      idBoard,
      idListSource: text('Id of a list that it is a copy of.'),
      pos: position,
      ...flags,
    }),
    output: Thing,
    tags: [],
    scopes: write,
    request: (query) => ({ method: 'POST', url: '/lists', query }),
  }),
  requestTool({
    slug: 'TRELLO_GET_SEARCH',
    name: 'Search',
    description: 'Finds cards, boards and people by words, with the filters of the search box of Trello.',
    input: z.object({
      query: z.string().min(1).describe('What to find, such as "@me is:open due:week".'),
      idOrganizations: text('Only in these workspaces.'),
      idBoards: z.string().default('mine').describe('Only on these boards: ids, or mine.'),
      idCards: text('Only these cards.'),
      modelTypes: z
        .string()
        .default('all')
        .describe('What to find: actions, boards, cards, members, organizations, all.'),
      card_fields: fields('all'),
      cards_limit: z.string().default('10').describe('Cards at most.'),
      cards_page: z.string().default('0').describe('Which page of cards.'),
      board_fields: fields('name,idOrganization'),
      boards_limit: z.string().default('10').describe('Boards at most.'),
      members_limit: z.string().default('10').describe('People at most.'),
      partial: text('true finds beginnings of words too.'),
    }),
    output: z.looseObject({ cards: z.array(Thing).optional(), boards: z.array(Thing).optional() }),
    tags: ['readOnlyHint'],
    scopes: read,
    request: (query) => ({ method: 'GET', url: '/search', query }),
  }),
];
