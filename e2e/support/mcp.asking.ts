import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

type Action = 'accept' | 'decline' | 'cancel';
type Fetch = (url: URL | string, init?: RequestInit) => Promise<Response>;

/** A client whose user answers questions, and what was asked. */
export interface AskingClient {
  asked: string[];
  /** What the user answers from now on. */
  answer: Action;
  /** The names of the tools. */
  list(): Promise<string[]>;
  call(name: string, args: Record<string, unknown>): Promise<z.output<typeof Answer>>;
  close(): Promise<void>;
}

const Answer = z.object({
  isError: z.boolean(),
  structuredContent: z.looseObject({
    successful: z.boolean(),
    data: z.record(z.string(), z.unknown()),
    error: z.string().nullable(),
  }),
});
const INFO = { name: 'patchbay-e2e', version: '1.0.0' };
const CAPABILITIES = { capabilities: { elicitation: { form: {} } } };

/** The official client of before 2026, with elicitation over a stream. */
export async function connectAskingOlder(
  mcp: { url: string; headers?: Record<string, string> },
  fetch?: Fetch,
): Promise<AskingClient> {
  const client = new Client(INFO, CAPABILITIES);
  const asking = askingOf(client);
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => asking.hear(params.message));
  await client.connect(
    new OlderTransport(new URL(mcp.url), {
      requestInit: { headers: mcp.headers },
      ...(fetch && { fetch }),
    }),
  );
  return asking;
}

/** The official client of 2026-07-28, which is asked by the answer to its call. */
export async function connectAskingModern(
  mcp: { url: string; headers?: Record<string, string> },
  fetch?: Fetch,
): Promise<AskingClient> {
  const client = new ModernClient(INFO, {
    ...CAPABILITIES,
    versionNegotiation: { mode: { pin: '2026-07-28' } },
  });
  const asking = askingOf(client);
  client.setRequestHandler('elicitation/create', ({ params }) => asking.hear(params.message));
  await client.connect(
    new StreamableHTTPClientTransport(new URL(mcp.url), {
      requestInit: { headers: mcp.headers },
      ...(fetch && { fetch }),
    }),
  );
  return asking;
}

function askingOf(client: {
  callTool(params: { name: string; arguments: Record<string, unknown> }): Promise<unknown>;
  listTools(): Promise<{ tools: { name: string }[] }>;
  close(): Promise<void>;
}) {
  const asking = {
    asked: [] as string[],
    answer: 'accept' as Action,
    hear(message: string) {
      asking.asked.push(message);
      return { action: asking.answer, ...(asking.answer === 'accept' && { content: {} }) };
    },
    list: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name: string, args: Record<string, unknown>) =>
      Answer.parse(await client.callTool({ name, arguments: args })),
    close: () => client.close(),
  };
  return asking;
}
