import { shipped } from '../describe-toolkit.js';
import { describeTriggers, HOOK_URL, type TriggerRow } from '../describe-triggers.js';

const T = (second: number) => `2026-11-30T10:00:0${second}.000Z`;
const API = 'https://api.trello.com/1';
const account = { headers: {}, query: {} };

interface Board {
  config: Record<string, unknown>;
  model: string;
  id: string;
  filter: string;
  action: (id: number) => Record<string, unknown>;
  payload: Record<string, unknown>;
  lookUp?: boolean;
}

/** The same action is in the list and in the delivery. */
function row({ config, model, id, filter, action, payload, lookUp }: Board): TriggerRow {
  const list = (since: string | undefined, actions: unknown[]) => ({
    request: `GET ${API}${model}/actions?filter=${filter}&limit=100${since ? `&since=${since}` : ''}`,
    answer: actions,
  });
  return {
    poll: {
      config,
      first: [list(undefined, [action(1)])],
      next: [list(T(0), [action(2), action(1)])],
      events: [{ id: 'a2', at: T(2), payload }],
      again: [list(T(1), [action(2), action(1)])],
    },
    push: {
      config,
      appSecret: 'of-the-app',
      registers: [
        ...(lookUp ? [{ request: `GET ${API}${model}?fields=id`, answer: { id } }] : []),
        {
          request: `POST ${API}/webhooks?callbackURL=${HOOK_URL}&idModel=${id}&description=Patchbay`,
          answer: { id: 'w1' },
        },
      ],
      hook: { webhook_id: 'w1', model },
      secret: 'of-the-app',
      removes: [{ request: `DELETE ${API}/webhooks/w1` }],
      delivery: { headers: {}, body: { action: action(2), model: { id } } },
      events: [{ id: 'a2', at: T(2), payload }],
    },
  };
}

const action = (type: string, data: object) => (second: number) => ({
  id: `a${second}`,
  type,
  date: T(second),
  memberCreator: { id: 'm1', fullName: 'Ada' },
  data: { board: { id: 'b1', name: 'Plans' }, card: { id: 'c1', name: 'Milk' }, ...data },
});
const onBoard = { card_id: 'c1', card_name: 'Milk', board_id: 'b1', board_name: 'Plans' };
const ofBoard = { config: { board_id: 'b1' }, model: '/boards/b1', id: 'b1' };

describeTriggers(
  shipped('trello'),
  {
    TRELLO_NEW_CARD_TRIGGER: row({
      ...ofBoard,
      filter: 'createCard,copyCard,emailCard,convertToCardFromCheckItem',
      action: action('createCard', {}),
      payload: { ...onBoard, created_at: T(2), created_by: 'Ada' },
    }),
    TRELLO_ARCHIVED_CARD_TRIGGER: row({
      ...ofBoard,
      filter: 'updateCard',
      action: action('updateCard', {
        card: { id: 'c1', name: 'Milk', closed: true },
        old: { closed: false },
      }),
      payload: { ...onBoard, archived_at: T(2), archived_by: 'Ada' },
    }),
    TRELLO_UPDATED_CARD_TRIGGER: row({
      config: { card_id: 'c1' },
      model: '/cards/c1',
      id: 'c1',
      filter: 'updateCard',
      action: action('updateCard', { old: { name: 'Eggs' } }),
      payload: {
        ...onBoard,
        new_data: { id: 'c1', name: 'Milk' },
        old_data: { name: 'Eggs' },
        updated_by: 'Ada',
      },
    }),
    TRELLO_NEW_BOARD_TRIGGER: row({
      config: { workspace_id: 'o1' },
      model: '/organizations/o1',
      id: 'o1',
      filter: 'createBoard,copyBoard',
      action: action('createBoard', {}),
      payload: { board_id: 'b1', board_name: 'Plans', created_by: 'Ada' },
    }),
    TRELLO_NEW_ACTIVITY_TRIGGER: row({
      config: {},
      model: '/members/me',
      id: 'm1',
      lookUp: true,
      filter: 'all',
      action: action('commentCard', {}),
      payload: {
        action_id: 'a2',
        action_type: 'commentCard',
        ...onBoard,
        member_id: 'm1',
        member_name: 'Ada',
      },
    }),
  },
  account,
);
