import { z } from 'zod';
import { graphqlTool, type ToolSpec } from '../toolkit.js';
import { issueId } from './fields.js';

export const commentTools: ToolSpec[] = [
  graphqlTool({
    slug: 'LINEAR_CREATE_LINEAR_COMMENT',
    name: 'Create a comment',
    description: 'Writes a comment under an issue.',
    input: z.object({
      issue_id: issueId,
      body: z.string().min(1).describe('Text of the comment, in Markdown.'),
    }),
    output: z.looseObject({ id: z.string(), body: z.string() }),
    tags: ['important'],
    scopes: ['comments:create'],
    document: `mutation($input: CommentCreateInput!) {
      commentCreate(input: $input) { success comment { id body createdAt user { id name } } }
    }`,
    variables: ({ issue_id, body }) => ({ input: { issueId: issue_id, body } }),
    answer: (data) => {
      const Comment = z.looseObject({
        id: z.string(),
        body: z.string(),
        createdAt: z.string().optional(),
        user: z.object({ id: z.string(), name: z.string() }).nullish(),
      });
      const { comment } = z
        .object({ commentCreate: z.object({ comment: Comment }) })
        .parse(data).commentCreate;
      const { createdAt: created_at, user, ...rest } = comment;
      return { ...rest, created_at, user_id: user?.id, user_name: user?.name };
    },
  }),
];
