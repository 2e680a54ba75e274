import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const Asked = z.object({
  stream: z.boolean().default(false),
  messages: z.array(z.object({ role: z.string(), content: z.string().nullable() })),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).default([]),
});
type Asked = z.output<typeof Asked>;

/**
 * An OpenAI-compatible model under `/model`, of little wit. Asked for the arguments of one tool, it calls it with what the text
 * says as `name=value`, is out of order when the text says "break", and only talks when it says "talk". In a chat, which is
 * streamed, it does what `answerChat` says.
 */
export async function answerAsModel(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = Asked.parse(await json(request));
  const text = asked.messages.at(-1)?.content ?? '';
  if (asked.stream) {
    answerChat(asked, response);
    return;
  }
  if (text === 'break') {
    response.writeHead(500).end();
    return;
  }
  const given = Object.fromEntries(
    [...text.matchAll(/(\w+)=(\w+)/g)].map(([, name, value]) => [name, value]),
  );
  const call = { function: { name: asked.tools[0]?.function.name, arguments: JSON.stringify(given) } };
  const message = text === 'talk' ? { content: 'Well…' } : { tool_calls: [call] };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ choices: [{ message }] }));
}

/**
 * `use TOOL {…}` calls the tool with what follows, and then tells what it answered; `circle TOOL {…}` calls it again and again;
 * `break` answers 500; anything else is repeated.
 */
function answerChat({ messages, tools }: Asked, response: ServerResponse): void {
  const last = messages.at(-1);
  const wish = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const [, verb, name = '', given = ''] = /^(use|circle) (\w+) ?(.*)$/s.exec(wish) ?? [];
  if (wish === 'break') {
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'The model is out of order.' } }));
    return;
  }
  const isCall = verb === 'circle' || (verb === 'use' && last?.role === 'user');
  const isThere = tools.some((tool) => tool.function.name === name);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta: object) =>
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
  const say = (text: string) => {
    for (const piece of text.match(/.{1,7}/gs) ?? []) send({ content: piece });
  };
  send({ role: 'assistant', content: '' });
  if (isCall && isThere) {
    say(`I call ${name}.`);
    const id = `call-${messages.length}`;
    send({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: '' } }] });
    for (const piece of given.match(/.{1,5}/gs) ?? [])
      send({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
  } else if (verb && !isThere) say(`There is no tool ${name}.`);
  else if (last?.role === 'tool') say(`It answered: ${last.content?.slice(0, 300) ?? ''}`);
  else say(`You said: ${wish}`);
  response.end('data: [DONE]\n\n');
}
