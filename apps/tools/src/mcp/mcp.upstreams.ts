import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  Client,
  SdkHttpError,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/client';
import { AppError, openToolkitHeaders, type ContentBlock } from '@patchbay/contracts';
import { Bus, OutboundClient } from '@patchbay/service';
import { ToolFailure, type McpTool } from '@patchbay/toolkits';
import { LRUCache } from 'lru-cache';
import type { ProviderAccess } from '../calls/provider.client.js';

/** A server as one account sees it. */
export interface Upstream {
  projectId: string;
  slug: string;
  url: string;
  /** The account; none where the server asks for none. */
  connectionId?: string | undefined;
  /** What the account's credential adds to each request. */
  headers: Record<string, string>;
  /** The toolkit's own headers; without them those that are kept. */
  ownHeaders?: Record<string, string> | undefined;
}
/** Hears that a server has other tools now. */
export type OnToolsChanged = (upstream: Upstream, tools: Tool[]) => void;

interface UpstreamSession {
  client: Client;
  /** Sent with each request: a renewed credential takes the place of the old one. */
  headers: Record<string, string>;
}

const SESSIONS_KEPT = 500;
const IDLE_MS = 15 * 60_000;
const CONNECT_LIMIT_MS = 15_000;
const LIST_LIMIT_MS = 20_000;
const PAGES_AT_MOST = 20;

/** Sessions with upstream MCP servers: one an account, kept while it is used, and begun anew when it is over. */
@Injectable()
export class McpUpstreams implements OnApplicationShutdown {
  onToolsChanged: OnToolsChanged = () => undefined;
  private readonly sessions = new LRUCache<string, Promise<UpstreamSession>>({
    max: SESSIONS_KEPT,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    ttlAutopurge: true,
    dispose: (session) => void session.then(({ client }) => client.close()).catch(() => undefined),
  });

  constructor(
    private readonly http: OutboundClient,
    private readonly bus: Bus,
  ) {}

  /** @throws UnauthorizedError when the server wants a sign-in */
  async listTools(upstream: Upstream): Promise<Tool[]> {
    return this.withSession(upstream, async ({ client }) => {
      const tools: Tool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < PAGES_AT_MOST; page += 1) {
        const listed = await client.listTools({ ...(cursor && { cursor }) }, { timeout: LIST_LIMIT_MS });
        tools.push(...listed.tools);
        cursor = listed.nextCursor;
        if (!cursor) break;
      }
      return tools;
    });
  }

  /** Runs a tool for the account of the call. */
  async run(
    tool: McpTool,
    input: Record<string, unknown>,
    access: ProviderAccess,
    content: ContentBlock[],
  ): Promise<Record<string, unknown>> {
    const { toolkit, credential } = access;
    const upstream: Upstream = {
      projectId: toolkit.addedBy ?? '',
      slug: toolkit.slug,
      url: toolkit.baseUrl ?? '',
      connectionId: credential?.connectionId ?? undefined,
      headers: { ...credential?.headers },
    };
    const call = (to: Upstream) =>
      this.withSession(to, ({ client }) =>
        client.callTool(
          { name: tool.upstreamName, arguments: input },
          {
            timeout: Math.max(access.deadline - Date.now(), 1),
            ...(access.signal && { signal: access.signal }),
          },
        ),
      );
    const result = await call(upstream)
      .catch(async (error: unknown) => {
        if (!isUnauthorized(error) || !credential) throw error;
        const fresh = await access.renew(credential);
        return call({ ...upstream, headers: { ...fresh?.headers } });
      })
      .catch((error: unknown) => {
        throw asFailure(error, toolkit.name);
      });
    return answerOf(result, toolkit.name, content);
  }

  /** The sessions of a toolkit that changed are begun anew: its address or headers may be others. */
  forget(projectId: string, slug: string): void {
    for (const key of this.sessions.keys()) {
      if (key.startsWith(`${projectId} ${slug} `)) this.sessions.delete(key);
    }
  }

  onApplicationShutdown(): void {
    this.sessions.clear();
  }

  /** A session that is over is answered with 404 (Streamable HTTP): nothing was done, so it is tried once more. */
  private async withSession<T>(
    upstream: Upstream,
    work: (session: UpstreamSession) => Promise<T>,
  ): Promise<T> {
    const key = keyOf(upstream);
    const session = await this.session(key, upstream);
    Object.assign(session.headers, upstream.headers);
    try {
      return await work(session);
    } catch (error) {
      if (!isOver(error)) throw error;
      this.sessions.delete(key);
      return work(await this.session(key, upstream));
    }
  }

  private session(key: string, upstream: Upstream): Promise<UpstreamSession> {
    const known = this.sessions.get(key);
    if (known) return known;
    const connecting = this.connect(upstream);
    this.sessions.set(key, connecting);
    connecting.catch(() => this.sessions.delete(key));
    return connecting;
  }

  private async connect(upstream: Upstream): Promise<UpstreamSession> {
    const { projectId, slug } = upstream;
    const own =
      upstream.ownHeaders ?? (await this.bus.request(openToolkitHeaders, { projectId, slug })).headers;
    const headers = { ...own, ...upstream.headers };
    const client = new Client(
      { name: 'patchbay', version: '0.1.0' },
      {
        versionNegotiation: { mode: 'auto' },
        listChanged: {
          tools: { onChanged: (error, tools) => !error && tools && this.onToolsChanged(upstream, tools) },
        },
      },
    );
    const transport = new StreamableHTTPClientTransport(new URL(upstream.url), {
      fetch: (url, init) => {
        const sent = new Headers(init?.headers);
        for (const [name, value] of Object.entries(headers)) sent.set(name, value);
        return this.http.fetch(url, { ...init, headers: Object.fromEntries(sent) });
      },
    });
    await client.connect(transport, { timeout: CONNECT_LIMIT_MS });
    return { client, headers };
  }
}

function keyOf({ projectId, slug, url, connectionId }: Upstream): string {
  return `${projectId} ${slug} ${connectionId ?? '-'} ${url}`;
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof UnauthorizedError || (error instanceof SdkHttpError && error.status === 401);
}

function isOver(error: unknown): boolean {
  return error instanceof SdkHttpError && error.status === 404;
}

function answerOf(result: CallToolResult, name: string, content: ContentBlock[]): Record<string, unknown> {
  const text = result.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
  const { structuredContent } = result;
  const data = (structuredContent as Record<string, unknown> | undefined) ?? { content: result.content };
  if (result.isError) throw new ToolFailure(text || `${name} says that the tool failed.`, data);
  // Pictures and resources are for those who can show them; the text is in `data` already.
  content.push(...result.content.filter(({ type }) => type !== 'text'));
  return data;
}

function asFailure(error: unknown, name: string): Error {
  if (error instanceof AppError || error instanceof ToolFailure) return error;
  const message = error instanceof Error ? error.message : 'the request failed';
  return new ToolFailure(`${name} could not run the tool: ${message.slice(0, 500)}`);
}
