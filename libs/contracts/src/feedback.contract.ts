import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { PageRequest, pageOf } from './page.js';

/** What an agent said of its session or of one of its tools. */
export const Feedback = z.object({
  id: z.string(),
  /** Null: of the session as a whole. */
  toolSlug: z.string().nullable(),
  text: z.string(),
  /** The record of the call that it came by. */
  logId: z.string(),
  createdAt: z.string(),
});
export type Feedback = z.infer<typeof Feedback>;

/** Of one session, newest first. Unknown, deleted or another project's: `session_not_found`. */
export const listFeedback = defineRequest(
  'sessions.feedback.list',
  z.strictObject({ projectId: idSchema('project'), id: idSchema('session'), ...PageRequest }),
  pageOf(Feedback),
);
