import { readJson } from '@patchbay/contracts';
import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import type { AssistantMessage } from './conversation.js';

const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
/** In one turn. */
const MOST_CALLS = 64;
const CallPart = z.object({
  index: z
    .int()
    .min(0)
    .max(MOST_CALLS - 1)
    .nullish(),
  id: z.string().max(200).nullish(),
  function: z.object({ name: Text, arguments: Text }).partial().optional(),
});
const Part = z.object({ content: Text, tool_calls: z.array(CallPart).nullish() });
/** A whole answer has a `message`, a piece of one a `delta`: one reader for both. */
const Completion = z.object({
  choices: z.array(z.object({ delta: Part.nullish(), message: Part.nullish() })).default([]),
  error: z.unknown().optional(),
});

interface Call {
  id: string;
  tool_slug: string;
  arguments: string;
}

/** What a model says, put together from its pieces: https://platform.openai.com/docs/api-reference/chat-streaming */
export class CompletionReader {
  private content = '';
  private readonly calls: Call[] = [];

  /** @param onText hears each piece of the text as it comes */
  constructor(private readonly onText: (text: string) => void) {}

  /** @throws Error when it is no completion */
  take(json: string): void {
    const { choices, error } = Completion.parse(readJson(json));
    if (error !== undefined && error !== null) throw new Error('The model broke off.');
    const part = choices[0]?.delta ?? choices[0]?.message;
    if (!part) return;
    if (part.content) {
      this.content += part.content;
      this.onText(part.content);
    }
    for (const piece of part.tool_calls ?? []) {
      const index = piece.index ?? this.placeOf(piece);
      const call = (this.calls[index] ??= { id: '', tool_slug: '', arguments: '' });
      call.id ||= piece.id ?? '';
      call.tool_slug ||= piece.function?.name ?? '';
      call.arguments += piece.function?.arguments ?? '';
    }
  }

  /** Some endpoints do not number calls: then a name, which comes once, begins the next one. */
  private placeOf({ function: said }: z.output<typeof CallPart>): number {
    const place = said?.name ? this.calls.length : Math.max(0, this.calls.length - 1);
    if (place >= MOST_CALLS) throw new Error('The model makes too many calls at once.');
    return place;
  }

  /** What it said in the end. Some endpoints give calls no id, and then they get one. */
  message(turn: number): AssistantMessage {
    const tool_calls = this.calls
      .filter((call) => call?.tool_slug)
      .map((call, at) => ({ ...call, id: call.id || `call_${turn}_${at}` }));
    return { role: 'assistant', content: this.content, tool_calls };
  }
}

/** Reads a response of either form: events as they come, or one JSON answer. */
export async function readCompletion(response: Response, reader: CompletionReader): Promise<void> {
  if (!response.headers.get('content-type')?.includes('text/event-stream')) {
    reader.take(await response.text());
    return;
  }
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data.trim() !== '[DONE]') reader.take(data);
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) parser.feed(decoder.decode(bytes, { stream: true }));
}
