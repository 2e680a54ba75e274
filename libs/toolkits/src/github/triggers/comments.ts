import { z } from 'zod';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { text } from '../../triggers/reading.js';
import { repository, repositoryHook } from './repository-hook.js';
import { repositoryList } from './repository-list.js';

const Comment = z.looseObject({
  id: z.number(),
  body: z.string().nullish(),
  html_url: z.string(),
  created_at: z.string(),
  user: z.looseObject({ login: z.string() }).nullable(),
});
const payload = z.object({
  comment_id: z.int().describe('Id of the comment.'),
  number: z.int().describe('Number of what it is about.'),
  body: z.string().describe('What it says.'),
  user: z.string().describe('Login of who wrote it.'),
  created_at: z.string().describe('When, ISO 8601.'),
  url: z.string().describe('Where it can be seen.'),
});

function payloadOf({ id, body, user, created_at, html_url: url }: z.output<typeof Comment>) {
  // Only the address says it in every answer: …/issues/12#issuecomment-1, …/pull/12#discussion_r1.
  const number = Number(/\/(?:issues|pull)\/(\d+)/.exec(url)?.[1] ?? 0);
  return { comment_id: id, number, body: body ?? '', user: user?.login ?? '', created_at, url };
}

function commentTrigger(about: {
  slug: string;
  name: string;
  description: string;
  list: string;
  event: string;
}): TriggerSpec {
  const { list, event, ...described } = about;
  return triggerType({
    ...described,
    scopes: ['repo'],
    config: z.object(repository),
    payload,
    poll: repositoryList({
      list,
      query: { sort: 'created', direction: 'desc' },
      item: Comment,
      keyOf: ({ id }) => `comment-${id}`,
      payload: payloadOf,
    }),
    webhook: repositoryHook(event, ({ body }) => {
      const comment = Comment.safeParse(body['comment']);
      if (text(body['action']) !== 'created' || !comment.success) return [];
      const { id, created_at: at } = comment.data;
      return [{ id: `comment-${id}`, at, payload: payloadOf(comment.data) }];
    }),
  });
}

export const commentTriggers: TriggerSpec[] = [
  commentTrigger({
    slug: 'GITHUB_ISSUE_COMMENT_CREATED_TRIGGER',
    name: 'Comment on an issue',
    description: 'Somebody writes a comment on an issue or a pull request of the repository.',
    list: 'issues/comments',
    event: 'issue_comment',
  }),
  commentTrigger({
    slug: 'GITHUB_PR_REVIEW_COMMENT_CREATED_TRIGGER',
    name: 'Review comment',
    description: 'Somebody writes a comment on the changes of a pull request of the repository.',
    list: 'pulls/comments',
    event: 'pull_request_review_comment',
  }),
];
