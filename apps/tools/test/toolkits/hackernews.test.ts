import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://hn.algolia.com/api/v1';
const FIREBASE = 'https://hacker-news.firebaseio.com/v0';
const hits = { hits: [{ objectID: '1', title: 'A story' }] };

describeToolkit(shipped('hackernews'), [
  one(
    'HACKERNEWS_SEARCH_POSTS',
    { query: 'nats jetstream', tags: ['story', 'author_pg'] },
    `GET ${API}/search?query=nats jetstream&tags=story,author_pg&page=0&hitsPerPage=5`,
    {
      answer: hits,
      data: { response_data: hits },
    },
  ),
  one('HACKERNEWS_GET_LATEST_POSTS', { size: 2, page: 1 }, `GET ${API}/search_by_date?page=1&hitsPerPage=2`, {
    answer: hits,
    data: { response_data: hits },
  }),
  one('HACKERNEWS_GET_USER', { username: 'pg' }, `GET ${API}/users/pg`, {
    answer: { username: 'pg', karma: 9 },
    data: { response_data: { karma: 9 } },
  }),
  one('HACKERNEWS_GET_ITEM_WITH_ID', { item_id: '1', max_children: 1, max_depth: 1 }, `GET ${API}/items/1`, {
    answer: {
      id: 1,
      children: [
        { id: 2, text: 'x'.repeat(600), children: [{ id: 4 }] },
        { id: 3, children: [] },
      ],
    },
    data: {
      response_data: {
        total_children_count: 2,
        children: [{ id: 2, text: `${'x'.repeat(500)}…`, total_children_count: 1, children: [] }],
      },
    },
  }),
  ...(
    [
      ['TOP', 'topstories'],
      ['NEW', 'newstories'],
      ['BEST', 'beststories'],
      ['ASK', 'askstories'],
      ['SHOW', 'showstories'],
      ['JOB', 'jobstories'],
    ] as const
  ).map(([kind, file]) =>
    one(`HACKERNEWS_GET_${kind}_STORIES`, { limit: 2 }, `GET ${FIREBASE}/${file}.json`, {
      answer: [1, 2, 3],
      data: { story_ids: [1, 2] },
    }),
  ),
  one('HACKERNEWS_GET_ITEM', { item_id: 8863 }, `GET ${FIREBASE}/item/8863.json`, {
    answer: { id: 8863, type: 'story' },
  }),
  one('HACKERNEWS_GET_ITEM', { item_id: 2 }, `GET ${FIREBASE}/item/2.json`, {
    answer: { id: 2, deleted: true },
  }),
  one('HACKERNEWS_GET_ITEM', { item_id: 1 }, `GET ${FIREBASE}/item/1.json`, {
    answer: 'null',
    error: 'Hacker News has not an item 1.',
  }),
  one('HACKERNEWS_GET_USER_BY_USERNAME', { username: 'pg' }, `GET ${FIREBASE}/user/pg.json`, {
    answer: { id: 'pg', karma: 9 },
  }),
  one('HACKERNEWS_GET_MAX_ITEM_ID', {}, `GET ${FIREBASE}/maxitem.json`, {
    answer: '9130260',
    data: { max_item_id: 9130260 },
  }),
  one('HACKERNEWS_GET_UPDATES', {}, `GET ${FIREBASE}/updates.json`, {
    answer: { items: [1], profiles: ['pg'] },
  }),
]);
