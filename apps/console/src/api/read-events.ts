import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** Reads server-sent events, one after the other, until their stream ends. */
export async function readEvents(
  { body }: Response,
  onEvent: (event: EventSourceMessage) => void,
): Promise<void> {
  const parser = createParser({ onEvent });
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read())
    parser.feed(decoder.decode(read.value, { stream: true }));
}
