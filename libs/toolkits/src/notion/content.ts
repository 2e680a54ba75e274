import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path, type ToolRequest } from '../tool-runtime.js';
import { ContentBlock, richText, toBlock } from './blocks.js';
import { blockId, cursor, List, NotionObject, pageSize, Wrapped, wrap } from './fields.js';

const after = z.string().optional().describe('Id of the block after which they go; without it, the end.');
const parent = z.string().min(1).describe('Id of the page or block that they go into.');
const children = z
  .array(z.looseObject({}))
  .min(1)
  .max(100)
  .describe("The blocks, in Notion's own form or as {content, block_property}.");

const append = (id: string, blocks: ContentBlock[], place: string | undefined): ToolRequest => ({
  method: 'PATCH',
  url: path`/v1/blocks/${id}/children`,
  body: { json: { children: blocks.map(toBlock), after: place } },
});

const appendTool = (slug: string, name: string, description: string) =>
  requestTool({
    slug,
    name,
    description,
    input: z.object({ block_id: parent, children, after }),
    output: List,
    tags: [],
    request: ({ block_id, children: given, after: place }) =>
      append(
        block_id,
        given.map((block) => ContentBlock.parse(block)),
        place,
      ),
  });

export const contentTools: ToolSpec[] = [
  requestTool({
    slug: 'NOTION_ADD_MULTIPLE_PAGE_CONTENT',
    name: 'Add multiple content blocks',
    description:
      'Adds headings, paragraphs, lists and the like to a page, a hundred blocks at most in one call.',
    input: z.object({
      parent_block_id: parent,
      content_blocks: z
        .array(z.object({ content_block: ContentBlock.describe('One block.') }))
        .min(1)
        .max(100)
        .describe('The blocks, from top to bottom.'),
      after,
    }),
    output: List,
    tags: ['important'],
    request: ({ parent_block_id, content_blocks, after: place }) =>
      append(
        parent_block_id,
        content_blocks.map(({ content_block }) => content_block),
        place,
      ),
  }),
  requestTool({
    slug: 'NOTION_ADD_PAGE_CONTENT',
    name: 'Add single content block',
    description: 'Adds one block to a page; NOTION_ADD_MULTIPLE_PAGE_CONTENT adds many at once.',
    input: z.object({ parent_block_id: parent, content_block: ContentBlock.describe('The block.'), after }),
    output: List,
    tags: [],
    request: ({ parent_block_id, content_block, after: place }) =>
      append(parent_block_id, [content_block], place),
  }),
  appendTool(
    'NOTION_APPEND_BLOCK_CHILDREN',
    'Append block children',
    "Adds blocks of any kind to a page or under a block, in Notion's own form.",
  ),
  appendTool(
    'NOTION_APPEND_TEXT_BLOCKS',
    'Append text blocks',
    'Adds blocks of text to a page or under a block.',
  ),
  requestTool({
    slug: 'NOTION_FETCH_BLOCK_CONTENTS',
    name: 'Fetch block contents',
    description: 'Lists the blocks directly in a page or under a block.',
    input: z.object({
      block_id: blockId,
      page_size: z.int().min(1).max(100).optional().describe('Blocks a page.'),
      start_cursor: cursor,
    }),
    output: z.object({ block_child_data: List }),
    tags: ['important', 'readOnlyHint'],
    request: ({ block_id, ...query }) => ({
      method: 'GET',
      url: path`/v1/blocks/${block_id}/children`,
      query,
    }),
    answer: (body) => ({ block_child_data: body }),
  }),
  requestTool({
    slug: 'NOTION_FETCH_BLOCK_METADATA',
    name: 'Fetch block metadata',
    description: 'Reads one block by its id, without what is nested in it.',
    input: z.object({ block_id: blockId }),
    output: Wrapped,
    tags: ['readOnlyHint'],
    request: ({ block_id }) => ({ method: 'GET', url: path`/v1/blocks/${block_id}` }),
    answer: wrap,
  }),
  requestTool({
    slug: 'NOTION_UPDATE_BLOCK',
    name: 'Update block',
    description: 'Replaces the text of a block; what is nested in it stays.',
    input: z.object({
      block_id: blockId,
      block_type: z.string().min(1).describe('Its kind, such as paragraph; it cannot be changed.'),
      content: z.string().describe('The new text.'),
      additional_properties: z
        .looseObject({})
        .optional()
        .describe('More of its kind, such as {"checked": true}.'),
    }),
    output: NotionObject,
    tags: ['idempotentHint', 'destructiveHint'],
    request: ({ block_id, block_type, content, additional_properties }) => ({
      method: 'PATCH',
      url: path`/v1/blocks/${block_id}`,
      body: { json: { [block_type]: { rich_text: richText(content), ...additional_properties } } },
    }),
  }),
  requestTool({
    slug: 'NOTION_DELETE_BLOCK',
    name: 'Delete block',
    description: 'Moves a block, or a page, and what is in it to the bin.',
    input: z.object({ block_id: blockId }),
    output: NotionObject,
    tags: ['destructiveHint', 'idempotentHint'],
    request: ({ block_id }) => ({ method: 'DELETE', url: path`/v1/blocks/${block_id}` }),
  }),
  requestTool({
    slug: 'NOTION_CREATE_COMMENT',
    name: 'Create comment',
    description: 'Writes a comment on a page, or into a discussion under way.',
    input: z
      .object({
        comment: z
          .looseObject({ content: z.string().min(1).describe('Text of the comment.') })
          .describe('The comment.'),
        parent_page_id: z.string().optional().describe('Id of the page; either this or a discussion.'),
        discussion_id: z.string().optional().describe('Id of the discussion.'),
      })
      .refine(({ parent_page_id, discussion_id }) => Boolean(parent_page_id) !== Boolean(discussion_id), {
        message: 'either parent_page_id or discussion_id is needed, not both',
        path: ['parent_page_id'],
      }),
    output: NotionObject,
    tags: [],
    request: ({ comment, parent_page_id, discussion_id }) => ({
      method: 'POST',
      url: '/v1/comments',
      body: {
        json: {
          rich_text: richText(comment.content),
          parent: parent_page_id ? { page_id: parent_page_id } : undefined,
          discussion_id,
        },
      },
    }),
  }),
  requestTool({
    slug: 'NOTION_FETCH_COMMENTS',
    name: 'Fetch comments',
    description: 'Lists the open comments on a page or block.',
    input: z.object({ block_id: blockId, page_size: pageSize(100), start_cursor: cursor }),
    output: List,
    tags: ['readOnlyHint'],
    request: (query) => ({ method: 'GET', url: '/v1/comments', query }),
  }),
  requestTool({
    slug: 'NOTION_LIST_USERS',
    name: 'List users',
    description: 'Lists the people and bots of the workspace.',
    input: z.object({ page_size: pageSize(30), start_cursor: cursor }),
    output: Wrapped,
    tags: ['readOnlyHint'],
    request: (query) => ({ method: 'GET', url: '/v1/users', query }),
    answer: wrap,
  }),
  requestTool({
    slug: 'NOTION_GET_ABOUT_ME',
    name: 'Get about me',
    description: 'Tells as whom, and in which workspace, the account acts.',
    input: z.object({}),
    output: Wrapped,
    tags: ['readOnlyHint'],
    request: () => ({ method: 'GET', url: '/v1/users/me' }),
    answer: wrap,
  }),
  requestTool({
    slug: 'NOTION_GET_ABOUT_USER',
    name: 'Get about user',
    description: 'Reads the name, address and picture of a person or bot.',
    input: z.object({ user_id: z.string().min(1).describe('Id of the person or bot.') }),
    output: NotionObject,
    tags: ['readOnlyHint'],
    request: ({ user_id }) => ({ method: 'GET', url: path`/v1/users/${user_id}` }),
  }),
];
