import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path, type ToolRuntime } from '../tool-runtime.js';
import { adfText } from './adf-text.js';
import {
  adfOf,
  browserUrl,
  expand,
  issueKey,
  issuePath,
  maxResults,
  READ,
  readObject,
  startAt,
  User,
  WRITE,
} from './fields.js';

const visibility = {
  visibility_type: z.enum(['group', 'role']).optional().describe('Whether only a group or a role sees it.'),
  visibility_value: z.string().optional().describe('Name of that group or role.'),
};
const commentId = z.string().min(1).describe('Id of the comment.');
const Comment = z.looseObject({
  id: z.string(),
  author: User.optional(),
  body: z.unknown(),
  created: z.string().optional(),
  updated: z.string().optional(),
});
const Shown = z.object({
  id: z.string(),
  issue_key: z.string(),
  comment_text: z.string(),
  author_display_name: z.string().optional(),
  created: z.string().optional(),
  updated: z.string().optional(),
  browser_url: z.string().optional(),
});

const seenBy = (type: string | undefined, value: string | undefined) =>
  type && value ? { type, value } : undefined;

function shown(runtime: ToolRuntime, issue: string, answer: unknown): z.output<typeof Shown> {
  const { id, author, body, created, updated } = Comment.parse(answer);
  const browser_url = browserUrl(runtime, issue);
  return {
    id,
    issue_key: issue,
    comment_text: adfText(body),
    author_display_name: author?.displayName,
    created,
    updated,
    browser_url,
  };
}

export const commentTools: ToolSpec[] = [
  functionTool({
    slug: 'JIRA_ADD_COMMENT',
    name: 'Add comment',
    description: 'Writes a comment under an issue, in Markdown.',
    input: z.object({
      issue_id_or_key: issueKey,
      comment: z.string().min(1).describe('Text of the comment, in Markdown.'),
      ...visibility,
    }),
    output: Shown,
    tags: ['important'],
    scopes: WRITE,
    run: async ({ issue_id_or_key, comment, visibility_type, visibility_value }, runtime) => {
      const json = {
        body: await adfOf(runtime, comment),
        visibility: seenBy(visibility_type, visibility_value),
      };
      const url = `${issuePath(issue_id_or_key)}/comment`;
      return shown(
        runtime,
        issue_id_or_key,
        await runtime.http.request({ method: 'POST', url, body: { json } }),
      );
    },
  }),
  requestTool({
    slug: 'JIRA_LIST_ISSUE_COMMENTS',
    name: 'List issue comments',
    description: 'Lists the comments under an issue.',
    input: z.object({
      issue_id_or_key: issueKey,
      max_results: maxResults(50),
      start_at: startAt,
      order_by: z.string().optional().describe('created, -created or +created.'),
      expand,
    }),
    output: z.looseObject({
      comments: z.array(z.looseObject({ id: z.string() })),
      total: z.int().optional(),
    }),
    covers: ['GET /rest/api/3/issue/{issueIdOrKey}/comment'],
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ issue_id_or_key, max_results, start_at, order_by, expand: more }) => ({
      method: 'GET',
      url: `${issuePath(issue_id_or_key)}/comment`,
      query: { maxResults: max_results, startAt: start_at, orderBy: order_by, expand: more },
    }),
  }),
  functionTool({
    slug: 'JIRA_UPDATE_COMMENT',
    name: 'Update comment',
    description: 'Replaces the text of a comment.',
    input: z.object({
      issue_id_or_key: issueKey,
      comment_id: commentId,
      comment_text: z.string().min(1).describe('The new text, in Markdown.'),
      notify_users: z.boolean().default(true).describe('Whether those who watch the issue get an e-mail.'),
      ...visibility,
      additional_properties: z.string().optional().describe('More fields as a JSON text.'),
    }),
    output: Shown,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: WRITE,
    run: async (given, runtime) => {
      const json = {
        body: await adfOf(runtime, given.comment_text),
        visibility: seenBy(given.visibility_type, given.visibility_value),
        ...readObject(given.additional_properties, 'additional_properties'),
      };
      const url = issuePath(given.issue_id_or_key) + path`/comment/${given.comment_id}`;
      const query = { notifyUsers: given.notify_users };
      const answer = await runtime.http.request({ method: 'PUT', url, query, body: { json } });
      return shown(runtime, given.issue_id_or_key, answer);
    },
  }),
  requestTool({
    slug: 'JIRA_DELETE_COMMENT',
    name: 'Delete comment',
    description: 'Deletes a comment for ever.',
    input: z.object({ issueIdOrKey: issueKey, id: commentId }),
    output: z.object({ message: z.string() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: WRITE,
    request: ({ issueIdOrKey, id }) => ({
      method: 'DELETE',
      url: issuePath(issueIdOrKey) + path`/comment/${id}`,
    }),
    answer: (_, { id }) => ({ message: `The comment ${id} was deleted.` }),
  }),
];
