import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { FeedbackService } from '../feedback/index.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { workflowId, workflowOf } from './workflow.js';

const input = z.object({
  feedback: z
    .string()
    .trim()
    .min(1)
    .max(4_000)
    .describe(
      'What was wrong, missing or unclear, and what would have helped. No secrets, no personal data.',
    ),
  tool_slug: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The tool that it is about; leave it out for the session as a whole.'),
  session_id: workflowId,
});

export const submitFeedbackDescription = {
  slug: 'COMPOSIO_SUBMIT_FEEDBACK',
  name: 'Submit feedback',
  description:
    'Tells the people who run these tools what you found: an error that makes no sense, a description that misled you, a tool that is missing. They read it later, and nobody answers: go on with your task.',
  input,
  tags: [],
};

@Injectable()
export class SubmitFeedback implements MetaTool<typeof input> {
  readonly about = submitFeedbackDescription;

  constructor(private readonly feedback: FeedbackService) {}

  async run(
    { feedback: text, tool_slug, session_id }: z.output<typeof input>,
    { session, logId }: MetaCall,
  ): Promise<MetaResult> {
    const { id } = await this.feedback.add({
      sessionId: session.id,
      toolSlug: tool_slug ?? null,
      text,
      logId,
    });
    return { data: { feedback_id: id, message: 'It was noted.', ...workflowOf(session_id) }, error: null };
  }
}
