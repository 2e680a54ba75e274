import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { z } from 'zod';

const Content = z.object({
  isError: z.boolean().optional(),
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
});
const Result = z.object({
  successful: z.boolean(),
  data: z.record(z.string(), z.unknown()),
  error: z.string().nullable(),
  /** A call that was refused before it began has none. */
  log_id: z.string().optional(),
});
export type McpResult = z.infer<typeof Result> & { isError: boolean };

/** The official MCP client, connected to a session. */
export async function connectMcp(mcp: { url: string; headers?: Record<string, string> }): Promise<Client> {
  const client = new Client({ name: 'patchbay-e2e', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(mcp.url), { requestInit: { headers: mcp.headers } }),
  );
  return client;
}

/** Calls a tool and reads the JSON in its text. */
export async function callTool(
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<McpResult> {
  const { content, isError = false } = Content.parse(await client.callTool({ name, arguments: args }));
  return { ...Result.parse(JSON.parse(content[0]?.text ?? '')), isError };
}
