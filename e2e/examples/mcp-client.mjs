import { Composio } from '@composio/core';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: process.env.PATCHBAY_URL ?? 'http://localhost:3000',
  allowTracking: false,
});
const { mcp } = await composio.create('user_a', { toolkits: ['time'], mcp: true });

const client = new Client({ name: 'my-agent', version: '1.0.0' });
const transport = new StreamableHTTPClientTransport(new URL(mcp.url), {
  requestInit: { headers: mcp.headers },
});
await client.connect(transport);

const { tools } = await client.listTools();
console.log(tools.map((tool) => tool.name));

const result = await client.callTool({
  name: 'COMPOSIO_MULTI_EXECUTE_TOOL',
  arguments: {
    tools: [{ tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'Asia/Tokyo' } }],
  },
});
console.log(result.content[0].text);
await client.close();
