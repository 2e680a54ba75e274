import { z } from 'zod';
import { path, ToolFailure } from '../../tool-runtime.js';
import { triggerType, type RegisterRequest, type TriggerSpec } from '../../trigger.js';
import { newItems } from '../../triggers/new-items.js';
import { isObject, part, text, textOrNull } from '../../triggers/reading.js';
import { unlessGone } from '../../triggers/unless-gone.js';
import { trelloReceiver } from './receiver.js';

const PAGE_SIZE = 100;
/** https://developer.atlassian.com/cloud/trello/guides/rest-api/action-types */
const Action = z.looseObject({ id: z.string(), type: z.string(), date: z.string() });
const Thing = z.looseObject({ id: z.string() });

type Action = Record<string, unknown>;
type Settings = Record<string, unknown>;

interface Kind<P extends z.ZodObject> {
  slug: string;
  name: string;
  description: string;
  config: z.ZodObject;
  payload: P;
  /** What is watched, as its webhook names it and as its actions are listed: `/boards/b1`. */
  model: (config: Settings) => string;
  /** Kinds of actions; empty: all. */
  actions: string[];
  read: (action: Action) => z.output<P> | undefined;
}

async function idOf(
  model: string,
  { runtime: { http } }: Pick<RegisterRequest<Settings>, 'runtime'>,
): Promise<string> {
  // Those that are named by their id already need not be asked for.
  if (model !== '/members/me') return decodeURIComponent(model.split('/').at(-1) ?? '');
  return Thing.parse(await http.request({ method: 'GET', url: model, query: { fields: 'id' } })).id;
}

/** Trello keeps all that happens as actions: those that a webhook sends are those of the list. */
function trelloTrigger<P extends z.ZodObject>({ model, actions, read, ...kind }: Kind<P>): TriggerSpec {
  const isWanted = (type: string) => actions.length === 0 || actions.includes(type);
  return triggerType<z.ZodObject, P>({
    ...kind,
    aliases: [kind.slug.replace('TRELLO_', 'TRELLO_TRELLO_')],
    instructions:
      'Webhooks are for accounts that were connected with OAuth, as Trello signs with the secret of the app: others are polled.',
    poll: newItems({
      async list({ config, since, page, runtime: { http } }) {
        const query = { filter: actions.join(',') || 'all', limit: PAGE_SIZE, since, before: page };
        const found = await http.request({ method: 'GET', url: `${model(config)}/actions`, query });
        const items = z.array(Action).parse(found);
        return { items, next: since && items.length === PAGE_SIZE ? items.at(-1)?.id : undefined };
      },
      keyOf: ({ id }) => id,
      timeOf: ({ date }) => date,
      payload: (action) => (isWanted(action.type) ? read(action) : undefined),
    }),
    webhook: {
      receiver: trelloReceiver,
      async register({ config, url, runtime }) {
        const { appSecret: secret, http } = runtime;
        if (!secret)
          throw new ToolFailure(
            'The secret of the Trello app is not known: its webhooks cannot be verified.',
          );
        const query = {
          callbackURL: url,
          idModel: await idOf(model(config), { runtime }),
          description: 'Patchbay',
        };
        const { id } = Thing.parse(await http.request({ method: 'POST', url: '/webhooks', query }));
        return { hook: { webhook_id: id, model: model(config) }, secret };
      },
      async remove({ hook, runtime: { http } }) {
        const url = path`/webhooks/${text(hook['webhook_id'])}`;
        await http.request({ method: 'DELETE', url }).catch(unlessGone);
      },
      events: ({ kind: type, body }) => {
        const payload = isWanted(type) ? read(body) : undefined;
        return payload ? [{ payload }] : [];
      },
    },
  });
}

const nullable = (what: string) => z.string().nullable().describe(what);
const board = { board_id: nullable('Id of the board.'), board_name: nullable('Name of the board.') };
const card = {
  card_id: z.string().describe('Id of the card.'),
  card_name: z.string().describe('Its title.'),
};
const description = nullable('Its text, where Trello tells.');

function placeOf(action: Action) {
  const { board: on, card: of } = part(action, 'data');
  const [boardPart, cardPart] = [part(on), part(of)];
  return {
    board_id: textOrNull(boardPart['id']),
    board_name: textOrNull(boardPart['name']),
    card_id: text(cardPart['id']),
    card_name: text(cardPart['name']),
    description: textOrNull(cardPart['desc']),
  };
}
const whoOf = (action: Action) =>
  textOrNull(part(action, 'memberCreator')['fullName']) ??
  textOrNull(part(action, 'memberCreator')['username']);

const ofBoard = z.object({ board_id: z.string().min(1).describe('Id of the board.') });
const boardOf = ({ board_id: id }: Settings) => path`/boards/${text(id)}`;

export const trelloTriggers: readonly TriggerSpec[] = [
  trelloTrigger({
    slug: 'TRELLO_NEW_CARD_TRIGGER',
    name: 'New card',
    description: 'A card is made on the board.',
    config: ofBoard,
    payload: z.object({
      ...card,
      ...board,
      description,
      created_at: nullable('When, ISO 8601.'),
      created_by: nullable('Name of who did it.'),
    }),
    model: boardOf,
    actions: ['createCard', 'copyCard', 'emailCard', 'convertToCardFromCheckItem'],
    read: (action) => ({
      ...placeOf(action),
      created_at: textOrNull(action['date']),
      created_by: whoOf(action),
    }),
  }),
  trelloTrigger({
    slug: 'TRELLO_ARCHIVED_CARD_TRIGGER',
    name: 'Card archived',
    description: 'A card of the board is put into the archive.',
    config: ofBoard,
    payload: z.object({
      ...card,
      ...board,
      description,
      archived_at: nullable('When, ISO 8601.'),
      archived_by: nullable('Name of who did it.'),
    }),
    model: boardOf,
    actions: ['updateCard'],
    read: (action) =>
      part(action, 'data', 'card')['closed'] === true && part(action, 'data', 'old')['closed'] === false
        ? { ...placeOf(action), archived_at: textOrNull(action['date']), archived_by: whoOf(action) }
        : undefined,
  }),
  trelloTrigger({
    slug: 'TRELLO_UPDATED_CARD_TRIGGER',
    name: 'Card updated',
    description: 'The card is changed.',
    config: z.object({ card_id: z.string().min(1).describe('Id of the card.') }),
    payload: z.object({
      ...card,
      ...board,
      description,
      updated_at: nullable('When, ISO 8601.'),
      updated_by: nullable('Name of who did it.'),
      new_data: z.looseObject({}).nullable().describe('What it is now.'),
      old_data: z.looseObject({}).nullable().describe('What it was.'),
    }),
    model: ({ card_id: id }) => path`/cards/${text(id)}`,
    actions: ['updateCard'],
    read: (action) => {
      const { card: now, old } = part(action, 'data');
      return {
        ...placeOf(action),
        updated_at: textOrNull(action['date']),
        updated_by: whoOf(action),
        new_data: isObject(now) ? now : null,
        old_data: isObject(old) ? old : null,
      };
    },
  }),
  trelloTrigger({
    slug: 'TRELLO_NEW_BOARD_TRIGGER',
    name: 'New board',
    description: 'A board is made in the workspace.',
    config: z.object({ workspace_id: z.string().min(1).describe('Id of the workspace.') }),
    payload: z.object({
      board_id: z.string().describe('Id of the board.'),
      board_name: z.string().describe('Its name.'),
      description,
      created_at: nullable('When, ISO 8601.'),
      created_by: nullable('Name of who did it.'),
    }),
    model: ({ workspace_id: id }) => path`/organizations/${text(id)}`,
    actions: ['createBoard', 'copyBoard'],
    read: (action) => {
      const { id, name, desc } = part(action, 'data', 'board');
      const created_at = textOrNull(action['date']);
      return {
        board_id: text(id),
        board_name: text(name),
        description: textOrNull(desc),
        created_at,
        created_by: whoOf(action),
      };
    },
  }),
  trelloTrigger({
    slug: 'TRELLO_NEW_ACTIVITY_TRIGGER',
    name: 'Any activity',
    description: 'The person of the account does something in Trello.',
    config: z.object({}),
    payload: z.object({
      action_id: z.string().describe('Id of the action.'),
      action_type: z.string().describe("Trello's name of it."),
      ...board,
      card_id: nullable('Id of the card.'),
      card_name: nullable('Title of the card.'),
      created_at: nullable('When, ISO 8601.'),
      member_id: nullable('Id of who did it.'),
      member_name: nullable('Name of who did it.'),
    }),
    model: () => '/members/me',
    actions: [],
    read: (action) => {
      const { description: _, card_id, card_name, ...place } = placeOf(action);
      return {
        action_id: text(action['id']),
        action_type: text(action['type']),
        ...place,
        card_id: card_id || null,
        card_name: card_name || null,
        created_at: textOrNull(action['date']),
        member_id: textOrNull(part(action, 'memberCreator')['id']),
        member_name: whoOf(action),
      };
    },
  }),
];
