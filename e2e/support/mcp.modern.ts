import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** The second generation of the official client, which speaks 2026-07-28 and nothing else here. */
export async function connectModern(mcp: { url: string; headers?: Record<string, string> }): Promise<Client> {
  const client = new Client(
    { name: 'patchbay-e2e', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(
    new StreamableHTTPClientTransport(new URL(mcp.url), { requestInit: { headers: mcp.headers } }),
  );
  return client;
}
