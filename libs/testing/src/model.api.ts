import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const Asked = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })),
});

/**
 * An OpenAI-compatible model under `/model`, of little wit: it calls the tool with what the text says as
 * `name=value`, is out of order when the text says "break", and only talks when it says "talk".
 */
export async function answerAsModel(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { messages, tools } = Asked.parse(await json(request));
  const text = messages.at(-1)?.content ?? '';
  if (text === 'break') {
    response.writeHead(500).end();
    return;
  }
  const given = Object.fromEntries(
    [...text.matchAll(/(\w+)=(\w+)/g)].map(([, name, value]) => [name, value]),
  );
  const call = { function: { name: tools[0]?.function.name, arguments: JSON.stringify(given) } };
  const message = text === 'talk' ? { content: 'Well…' } : { tool_calls: [call] };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ choices: [{ message }] }));
}
