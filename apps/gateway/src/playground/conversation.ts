import { z } from 'zod';

/** What a conversation may hold: what is longer than a model takes is refused before anybody is asked. */
const MOST_MESSAGES = 400;
const MOST_CHARACTERS = 400_000;

const ToolCallPart = z.strictObject({
  id: z.string().min(1).max(200),
  tool_slug: z.string().min(1).max(200),
  arguments: z.string().max(100_000).describe('As the model wrote them: JSON, as a rule.'),
});

export const UserMessage = z.strictObject({
  role: z.literal('user'),
  content: z.string().min(1).max(50_000),
});
export const AssistantMessage = z.strictObject({
  role: z.literal('assistant'),
  content: z.string().max(200_000),
  tool_calls: z.array(ToolCallPart).max(64).default([]),
});
export const ToolMessage = z.strictObject({
  role: z.literal('tool'),
  tool_call_id: z.string().min(1).max(200),
  content: z.string().max(200_000),
});
export const Message = z.discriminatedUnion('role', [UserMessage, AssistantMessage, ToolMessage]);
export type UserMessage = z.output<typeof UserMessage>;
export type AssistantMessage = z.output<typeof AssistantMessage>;
export type ToolMessage = z.output<typeof ToolMessage>;
export type Message = z.output<typeof Message>;

/** All that was said so far: the playground keeps nothing, its client brings it along each time. */
export const Conversation = z
  .array(Message)
  .min(1)
  .max(MOST_MESSAGES)
  .refine((messages) => messages.at(-1)?.role === 'user', 'must end with a message of the user')
  .refine((messages) => JSON.stringify(messages).length <= MOST_CHARACTERS, {
    message: `must be ${MOST_CHARACTERS} characters at most: begin a new conversation`,
  });

const STOPPED = 'The call was stopped before its answer came.';

/**
 * With an answer after each call: models refuse a conversation that was stopped in between. Answers are looked for up to the next
 * thing that is said, as some models begin with the same ids each time.
 */
export function completed(messages: readonly Message[]): Message[] {
  return messages.flatMap((message, at): Message[] => {
    if (message.role === 'tool') return [];
    if (message.role === 'user') return [message];
    const answers = answersAfter(messages, at);
    const answered = message.tool_calls.map(
      ({ id }): ToolMessage =>
        answers.find(({ tool_call_id: of }) => of === id) ?? {
          role: 'tool',
          tool_call_id: id,
          content: STOPPED,
        },
    );
    return [message, ...answered];
  });
}

function answersAfter(messages: readonly Message[], at: number): ToolMessage[] {
  const answers: ToolMessage[] = [];
  for (const message of messages.slice(at + 1)) {
    if (message.role !== 'tool') break;
    answers.push(message);
  }
  return answers;
}
