import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';

const paging = {
  page: z.int().min(0).default(0).describe('Which page, from 0.'),
  size: z.int().min(1).max(1000).default(5).describe('How many a page.'),
  tags: z
    .array(z.string())
    .optional()
    .describe(
      'Only of these kinds, all of them: story, comment, ask_hn, show_hn, poll, front_page, author_NAME, story_ID.',
    ),
};
const Hits = z.looseObject({ hits: z.array(z.looseObject({ objectID: z.string() })) });
const Wrapped = z.object({ response_data: Hits });
const wrap = (body: unknown) => ({ response_data: body });
const username = z
  .string()
  .regex(/^[\w-]+$/)
  .describe('Name of the person, in upper and lower case as written.');
const Item: z.ZodType<Record<string, unknown>> = z.looseObject({ id: z.number() });

const search = (
  by: 'search' | 'search_by_date',
  given: { query?: string; page: number; size: number; tags?: string[] | undefined },
) => ({
  method: 'GET' as const,
  url: `/api/v1/${by}`,
  query: { query: given.query, tags: given.tags?.join(','), page: given.page, hitsPerPage: given.size },
});

export const itemTools: ToolSpec[] = [
  requestTool({
    slug: 'HACKERNEWS_SEARCH_POSTS',
    name: 'Search Hacker News posts',
    description: 'Finds stories and comments by words, the most fitting first.',
    input: z.object({ query: z.string().min(1).describe('Words to find.'), ...paging }),
    output: Wrapped,
    tags: ['important', 'readOnlyHint'],
    request: (given) => search('search', given),
    answer: wrap,
  }),
  requestTool({
    slug: 'HACKERNEWS_GET_LATEST_POSTS',
    name: 'Get latest Hacker News posts',
    description: 'Lists the newest stories and comments, of one kind if wanted.',
    input: z.object(paging),
    output: Wrapped,
    tags: ['readOnlyHint'],
    request: (given) => search('search_by_date', given),
    answer: wrap,
  }),
  requestTool({
    slug: 'HACKERNEWS_GET_USER',
    name: 'Get Hacker News user',
    description: 'Tells the karma of a person and what they say of themselves.',
    input: z.object({ username }),
    output: z.object({ response_data: z.looseObject({ username: z.string() }) }),
    tags: ['important', 'readOnlyHint'],
    request: ({ username: name }) => ({ method: 'GET', url: path`/api/v1/users/${name}` }),
    answer: wrap,
  }),
  requestTool({
    slug: 'HACKERNEWS_GET_ITEM_WITH_ID',
    name: 'Get Hacker News item with its comments',
    description:
      'Reads a story or comment with the tree of comments under it, as deep and as wide as wanted.',
    input: z.object({
      item_id: z.string().regex(/^\d+$/, 'must be a number').describe('Number of the story or comment.'),
      max_children: z.int().min(0).max(500).default(10).describe('Comments told under each one, at most.'),
      max_depth: z.int().min(0).max(20).default(2).describe('Levels of comments, at most.'),
      truncate_text: z.boolean().default(true).describe('Whether long texts are cut.'),
    }),
    output: z.object({ response_data: Item }),
    tags: ['readOnlyHint'],
    request: ({ item_id }) => ({ method: 'GET', url: path`/api/v1/items/${item_id}` }),
    answer: (body, given) => ({ response_data: pruned(Item.parse(body), given, 0) }),
  }),
];

interface Pruning {
  max_children: number;
  max_depth: number;
  truncate_text: boolean;
}
const MAX_TEXT = 500;

/** What was left out is counted, so that a part is not taken for the whole. */
function pruned(item: Record<string, unknown>, limits: Pruning, depth: number): Record<string, unknown> {
  const children = z.array(Item).catch([]).parse(item['children']);
  const shown = depth < limits.max_depth ? children.slice(0, limits.max_children) : [];
  const { text } = item;
  const cut = limits.truncate_text && typeof text === 'string' && text.length > MAX_TEXT;
  return {
    ...item,
    ...(cut && { text: `${text.slice(0, MAX_TEXT)}…` }),
    total_children_count: children.length,
    children: shown.map((child) => pruned(child, limits, depth + 1)),
  };
}
