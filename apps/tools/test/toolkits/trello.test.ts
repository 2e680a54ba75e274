import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://api.trello.com/1';
const thing = { id: 'x1', name: 'Thing' };
const account = { headers: {}, query: { key: 'app-key', token: 'person-token' } };
const at = (line: string) => `${line}${line.includes('?') ? '&' : '?'}key=app-key&token=person-token`;

describeToolkit(
  shipped('trello'),
  [
    one(
      'TRELLO_ADD_CARDS',
      { idList: 'l1', name: 'Buy milk', idLabels: 'a,b' },
      at(`POST ${API}/cards?name=Buy milk&idList=l1&idLabels=a,b`),
      {
        answer: thing,
      },
    ),
    one(
      'TRELLO_UPDATE_CARDS_BY_ID_CARD',
      { idCard: 'c1', idList: 'l2' },
      at(`PUT ${API}/cards/c1?idList=l2`),
      { answer: thing },
    ),
    one(
      'TRELLO_GET_CARDS_BY_ID_CARD',
      { idCard: 'c1', checklists: 'all' },
      at(`GET ${API}/cards/c1?checklists=all`),
      { answer: thing },
    ),
    one('TRELLO_DELETE_CARDS_BY_ID_CARD', { idCard: 'c1' }, at(`DELETE ${API}/cards/c1`), {
      answer: {},
      data: { success: true },
    }),
    one(
      'TRELLO_ADD_CARDS_ACTIONS_COMMENTS_BY_ID_CARD',
      { idCard: 'c1', text: 'Why?' },
      at(`POST ${API}/cards/c1/actions/comments?text=Why?`),
      {
        answer: thing,
      },
    ),
    one(
      'TRELLO_GET_MEMBERS_BOARDS_BY_ID_MEMBER',
      { idMember: 'me', filter: 'open' },
      at(`GET ${API}/members/me/boards?fields=all&filter=open&lists=open&memberships=none`),
      { answer: [thing], data: { boards: [thing] } },
    ),
    one('TRELLO_GET_BOARDS_BY_ID_BOARD', { idBoard: 'b1' }, at(`GET ${API}/boards/b1`), { answer: thing }),
    one(
      'TRELLO_GET_BOARDS_LISTS_BY_ID_BOARD',
      { idBoard: 'b1' },
      at(`GET ${API}/boards/b1/lists?fields=all&filter=open&cards=none&card_fields=all`),
      {
        answer: [thing],
        data: { lists: [thing] },
      },
    ),
    one(
      'TRELLO_GET_BOARDS_CARDS_BY_ID_BOARD',
      { idBoard: 'b1', limit: '5' },
      at(`GET ${API}/boards/b1/cards?fields=all&filter=visible&limit=5&checklists=none`),
      {
        answer: [thing],
        data: { cards: [thing] },
      },
    ),
    one(
      'TRELLO_ADD_BOARDS',
      { name: 'Plans', prefs__background: 'green' },
      at(`POST ${API}/boards?name=Plans&prefs_background=green`),
      {
        answer: thing,
      },
    ),
    one(
      'TRELLO_ADD_LISTS',
      { name: 'Done', idBoard: 'b1', pos: 'bottom' },
      at(`POST ${API}/lists?name=Done&idBoard=b1&pos=bottom`),
      {
        answer: thing,
      },
    ),
    one(
      'TRELLO_GET_SEARCH',
      { query: 'milk' },
      at(
        `GET ${API}/search?query=milk&idBoards=mine&modelTypes=all&card_fields=all&cards_limit=10&cards_page=0&board_fields=name,idOrganization&boards_limit=10&members_limit=10`,
      ),
      { answer: { cards: [thing] } },
    ),
  ],
  account,
);
