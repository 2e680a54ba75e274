import { z } from 'zod';
import { AssistantMessage, Conversation } from './conversation.js';

/* What the playground is given and tells on the wire. */

export const PlaygroundBody = z.strictObject({ messages: Conversation });

export const PlaygroundSettings = z
  .object({
    model: z.string().nullable().describe('The operator’s model; null when none is set up.'),
    settings: z.array(z.string()).describe('Which settings say what the model is, and where.'),
  })
  .meta({
    id: 'PlaygroundSettings',
    description: 'Whether there is a model, and how the operator sets one up.',
  });

export const Ending = z.object({
  reason: z.enum(['done', 'stopped', 'limit', 'failed']),
  message: z.string().nullable(),
});
export type Ending = z.output<typeof Ending>;

/** The events of a run by their names; `end`, with an `Ending`, is the last one. */
export interface PlaygroundEvents {
  /** The tools that the model was shown, and how many the session has. */
  tools: { shown: string[]; total: number };
  /** A piece of what the model says. */
  text: { text: string };
  /** All of what it said in this turn, with the calls that it wants. */
  message: AssistantMessage;
  call: { id: string; tool_slug: string; arguments: unknown };
  result: {
    id: string;
    successful: boolean;
    error: string | null;
    data: object;
    /** Whether `data` is only the beginning of the answer, as text. */
    is_clipped: boolean;
    /** What the model was told of it. */
    content: string;
    log_id: string | null;
    duration_ms: number;
  };
}
