import { createMCPClient } from '@ai-sdk/mcp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { Client as StdioClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { MCPServerStreamableHttp } from '@openai/agents';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { call } from '../support/http.js';
import { connectMcp } from '../support/mcp.js';
import { connectModern } from '../support/mcp.modern.js';

const TOOL = 'TIME_CONVERT_TIME';
const GIVEN = { time: '2026-03-01T12:00:00', from_timezone: 'UTC', to_timezone: 'Asia/Tokyo' };

const Printed = z.object({
  clients: z.record(z.string(), z.object({ kind: z.string(), content: z.string() })),
});
const Server = z.looseObject({
  url: z.string().optional(),
  httpUrl: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  command: z.string().optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});

/* Each client lists the session's tools and calls one; noon in London is nine in the evening in Tokyo. */
describe('an MCP client from npm', () => {
  let sessionId: string;
  let mcp: { url: string; headers: Record<string, string> };

  beforeAll(async () => {
    const session = await newComposio().create(unique('user_mcp'), {
      toolkits: ['time'],
      preload: { tools: [TOOL] },
      mcp: true,
    });
    sessionId = session.sessionId;
    mcp = { url: session.mcp.url, headers: { 'x-api-key': environment.apiKey } };
  });

  it('works: the official SDK, first generation', async () => {
    const client = await connectMcp(mcp);
    try {
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toContain(TOOL);
      // It checks what it is given against the tool's output schema by itself.
      const { structuredContent } = await client.callTool({ name: TOOL, arguments: GIVEN });
      expect(JSON.stringify(structuredContent)).toContain('21:00');
    } finally {
      await client.close();
    }
  });

  it('works: the official SDK, second generation, without a handshake', async () => {
    const client = await connectModern(mcp);
    try {
      expect(client.getInstructions()).toContain('COMPOSIO_SEARCH_TOOLS');
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toContain(TOOL);
      const { structuredContent } = await client.callTool({ name: TOOL, arguments: GIVEN });
      expect(JSON.stringify(structuredContent)).toContain('21:00');
    } finally {
      await client.close();
    }
  });

  it("works: Vercel's AI SDK", async () => {
    const client = await createMCPClient({ transport: { type: 'http', ...mcp } });
    try {
      const tool = (await client.tools())[TOOL];
      const result = await tool?.execute(GIVEN, { toolCallId: 'call_1', messages: [] });
      expect(JSON.stringify(result)).toContain('21:00');
    } finally {
      await client.close();
    }
  });

  it("works: LangChain's adapters", async () => {
    const client = new MultiServerMCPClient({ mcpServers: { patchbay: { transport: 'http', ...mcp } } });
    try {
      const tool = (await client.getTools()).find(({ name }) => name === TOOL);
      expect(JSON.stringify(await tool?.invoke(GIVEN))).toContain('21:00');
    } finally {
      await client.close();
    }
  });

  it("works: OpenAI's Agents SDK", async () => {
    const server = new MCPServerStreamableHttp({
      url: mcp.url,
      requestInit: { headers: mcp.headers },
    });
    try {
      await server.connect();
      expect((await server.listTools()).map(({ name }) => name)).toContain(TOOL);
      expect(JSON.stringify(await server.callTool(TOOL, GIVEN))).toContain('21:00');
    } finally {
      await server.close();
    }
  });

  describe('that speaks by standard input and output, through mcp-remote', () => {
    let home: string;
    beforeAll(async () => {
      home = await mkdtemp(join(tmpdir(), 'patchbay-mcp-remote-'));
    });
    afterAll(() => rm(home, { recursive: true, force: true }));

    it('works with the key in a header', async () => {
      const client = new StdioClient({ name: 'a desktop', version: '1.0.0' });
      await client.connect(
        new StdioClientTransport({
          command: process.execPath,
          args: [
            fileURLToPath(import.meta.resolve('mcp-remote/dist/proxy.js')),
            mcp.url,
            // As its manual says: no spaces around the colon, which some desktops would split.
            '--header',
            `x-api-key:${environment.apiKey}`,
          ],
          env: { PATH: String(process.env['PATH']), MCP_REMOTE_CONFIG_DIR: home },
          stderr: 'ignore',
        }),
      );
      try {
        expect((await client.listTools()).tools.map(({ name }) => name)).toContain(TOOL);
        const result = await client.callTool({ name: TOOL, arguments: GIVEN });
        expect(JSON.stringify(result)).toContain('21:00');
      } finally {
        await client.close();
      }
    });
  });

  describe('that a person sets up with what the API prints', () => {
    const variables = { PATCHBAY_API_KEY: environment.apiKey };
    let clients: Record<string, { kind: string; content: string }>;

    beforeAll(async () => {
      const { body } = await call(`/tool_router/session/${sessionId}/mcp_clients`);
      clients = Printed.parse(body).clients;
      expect(JSON.stringify(body)).not.toContain(environment.apiKey);
    });

    /** The entry that a program reads in its file. */
    const inFile = (slug: string, place: string) =>
      Server.parse(Object(JSON.parse(clients[slug]!.content))[place].patchbay);

    const listsTools = async (url: string, key: string | undefined) => {
      expect(url).toBe(mcp.url);
      const client = await connectMcp({ url, headers: { 'x-api-key': String(key) } });
      try {
        expect((await client.listTools()).tools.map(({ name }) => name)).toContain(TOOL);
      } finally {
        await client.close();
      }
    };

    it.each([
      ['cursor', 'mcpServers', '${env:PATCHBAY_API_KEY}'],
      ['gemini_cli', 'mcpServers', '$PATCHBAY_API_KEY'],
      ['vs_code', 'servers', '${input:patchbay-api-key}'],
    ])('works: %s, which puts the key in', async (slug, place, reference) => {
      const { url, httpUrl, headers } = inFile(slug, place);
      await listsTools(
        String(url ?? httpUrl),
        headers?.['x-api-key']?.replace(reference, environment.apiKey),
      );
    });

    it('works: Claude Code, by a command of a shell', async () => {
      const { stdout } = await promisify(execFile)(
        'bash',
        [
          '-euc',
          `claude() { printf '%s\\n' "$@"; }
${clients['claude_code']!.content}`,
        ],
        { env: variables },
      );
      const words = stdout.trim().split('\n');
      expect(words.slice(0, 5)).toEqual(['mcp', 'add', '--transport', 'http', 'patchbay']);
      expect(words[6]).toBe('--header');
      await listsTools(words[5]!, /^x-api-key: (.+)$/.exec(words[7]!)?.[1]);
    });

    it('works: Claude Desktop, which runs the bridge', async () => {
      const home = await mkdtemp(join(tmpdir(), 'patchbay-mcp-remote-'));
      const { command, args = [], env } = inFile('claude_desktop', 'mcpServers');
      expect([command, ...args.slice(0, 2)]).toEqual(['npx', '-y', 'mcp-remote']);
      expect(env).toEqual({ PATCHBAY_API_KEY: 'YOUR_API_KEY' });
      const client = new StdioClient({ name: 'a desktop', version: '1.0.0' });
      await client.connect(
        new StdioClientTransport({
          command: process.execPath,
          args: [fileURLToPath(import.meta.resolve('mcp-remote/dist/proxy.js')), ...args.slice(2)],
          env: { PATH: String(process.env['PATH']), MCP_REMOTE_CONFIG_DIR: home, ...variables },
          stderr: 'ignore',
        }),
      );
      try {
        expect((await client.listTools()).tools.map(({ name }) => name)).toContain(TOOL);
      } finally {
        await client.close();
        await rm(home, { recursive: true, force: true });
      }
    });
  });
});
