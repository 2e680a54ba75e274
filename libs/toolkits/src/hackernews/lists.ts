import { z } from 'zod';
import { requestTool, type FunctionTool, type ToolSpec } from '../toolkit.js';
import { ToolFailure } from '../tool-runtime.js';

/** The official API, which holds lists and single items. */
const FIREBASE = 'https://hacker-news.firebaseio.com/v0';

function storiesTool(
  slug: string,
  name: string,
  which: string,
  file: string,
  tags: string[] = [],
): FunctionTool {
  return requestTool({
    slug,
    name,
    description: `Lists the ids of ${which}; HACKERNEWS_GET_ITEM tells each.`,
    input: z.object({
      limit: z.int().min(1).max(500).default(30).describe('How many at most.'),
    }),
    output: z.object({ story_ids: z.array(z.int()) }),
    tags: ['readOnlyHint', ...tags],
    request: () => ({ method: 'GET', url: `${FIREBASE}/${file}.json` }),
    answer: (body, { limit }) => ({ story_ids: z.array(z.int()).parse(body).slice(0, limit) }),
  });
}

export const listTools: ToolSpec[] = [
  storiesTool(
    'HACKERNEWS_GET_TOP_STORIES',
    'Get top Hacker News stories',
    'the stories on the front page',
    'topstories',
    ['important'],
  ),
  storiesTool(
    'HACKERNEWS_GET_NEW_STORIES',
    'Get new Hacker News stories',
    'the newest stories',
    'newstories',
  ),
  storiesTool(
    'HACKERNEWS_GET_BEST_STORIES',
    'Get best Hacker News stories',
    'the best stories of late',
    'beststories',
  ),
  storiesTool(
    'HACKERNEWS_GET_ASK_STORIES',
    'Get Ask HN story ids',
    'the newest questions, Ask HN',
    'askstories',
  ),
  storiesTool(
    'HACKERNEWS_GET_SHOW_STORIES',
    'Get Show HN story ids',
    'the newest things shown, Show HN',
    'showstories',
  ),
  storiesTool('HACKERNEWS_GET_JOB_STORIES', 'Get job story ids', 'the newest jobs offered', 'jobstories'),
  requestTool({
    slug: 'HACKERNEWS_GET_ITEM',
    name: 'Get Hacker News item',
    description: 'Reads one story, comment, job or poll by its number, with the numbers of its answers.',
    input: z.object({ item_id: z.int().min(1).describe('Number of the item.') }),
    output: z.looseObject({ id: z.int(), type: z.string().optional() }),
    tags: ['readOnlyHint'],
    request: ({ item_id }) => ({ method: 'GET', url: `${FIREBASE}/item/${item_id}.json` }),
    answer: (body, { item_id }) => found(body, `an item ${item_id}`),
  }),
  requestTool({
    slug: 'HACKERNEWS_GET_USER_BY_USERNAME',
    name: 'Get Hacker News user by username',
    description: 'Reads a person with the numbers of all that they posted.',
    input: z.object({
      username: z
        .string()
        .regex(/^[\w-]+$/)
        .describe('Name of the person, in upper and lower case as written.'),
    }),
    output: z.looseObject({ id: z.string(), karma: z.int() }),
    tags: ['readOnlyHint'],
    request: ({ username }) => ({ method: 'GET', url: `${FIREBASE}/user/${username}.json` }),
    answer: (body, { username }) => found(body, `a person ${username}`),
  }),
  requestTool({
    slug: 'HACKERNEWS_GET_MAX_ITEM_ID',
    name: 'Get max item id',
    description: 'Tells the number of the newest item.',
    input: z.object({}),
    output: z.object({ max_item_id: z.int() }),
    tags: ['readOnlyHint'],
    request: () => ({ method: 'GET', url: `${FIREBASE}/maxitem.json` }),
    answer: (body) => ({ max_item_id: z.int().parse(body) }),
  }),
  requestTool({
    slug: 'HACKERNEWS_GET_UPDATES',
    name: 'Get Hacker News updates',
    description: 'Lists the items and people that changed a moment ago.',
    input: z.object({}),
    output: z.looseObject({ items: z.array(z.int()), profiles: z.array(z.string()) }),
    tags: ['readOnlyHint'],
    request: () => ({ method: 'GET', url: `${FIREBASE}/updates.json` }),
  }),
];

/** What is not there is answered as null with status 200. */
function found(body: unknown, what: string): Record<string, unknown> {
  if (body === null) throw new ToolFailure(`Hacker News has not ${what}.`);
  return z.looseObject({}).parse(body);
}
