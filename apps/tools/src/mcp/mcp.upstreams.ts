import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { openToolkitHeaders, type ContentBlock } from '@patchbay/contracts';
import { Bus, OutboundClient } from '@patchbay/service';
import type { McpTool } from '@patchbay/toolkits';
import { LRUCache } from 'lru-cache';
import type { ProviderAccess } from '../calls/provider.client.js';
import { answerOf, asFailure } from './mcp.outcome.js';
import { isOver, McpSession, SignInWanted } from './mcp.session.js';

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
/** Hears that a toolkit's server has other tools now. */
export type OnToolsChanged = (toolkit: { projectId: string; slug: string }) => void;

const SESSIONS_KEPT = 500;
const IDLE_MS = 15 * 60_000;
const LIST_LIMIT_MS = 20_000;

/** Sessions with upstream MCP servers: one an account, kept while it is used, and begun anew when it is over. */
@Injectable()
export class McpUpstreams implements OnApplicationShutdown {
  onToolsChanged: OnToolsChanged = () => undefined;
  private readonly sessions = new LRUCache<string, Promise<McpSession>>({
    max: SESSIONS_KEPT,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    ttlAutopurge: true,
    dispose: (session) => void session.then((opened) => opened.close()).catch(() => undefined),
  });

  constructor(
    private readonly http: OutboundClient,
    private readonly bus: Bus,
  ) {}

  /**
   * In a session of its own, which is over with it: who reads a server now and then keeps nothing there.
   * @throws SignInWanted; AppError
   */
  async listTools(upstream: Upstream): Promise<Tool[]> {
    const session = await this.open(upstream);
    try {
      const options = { timeout: LIST_LIMIT_MS, signal: AbortSignal.timeout(LIST_LIMIT_MS) };
      return await session.run(async (client) => (await client.listTools({}, options)).tools);
    } finally {
      void session.close().catch(() => undefined);
    }
  }

  /** Runs a tool for the account of the call. */
  async run(
    tool: McpTool,
    input: Record<string, unknown>,
    access: ProviderAccess,
    content: ContentBlock[],
  ): Promise<Record<string, unknown>> {
    const { toolkit, credential, files } = access;
    const upstream: Upstream = {
      projectId: toolkit.addedBy ?? '',
      slug: toolkit.slug,
      url: toolkit.baseUrl ?? '',
      connectionId: credential?.connectionId ?? undefined,
      headers: { ...credential?.headers },
    };
    const result = await this.call(upstream, tool, input, access)
      .catch(async (error: unknown) => {
        if (!(error instanceof SignInWanted) || !credential) throw error;
        const fresh = await access.renew(credential);
        return this.call({ ...upstream, headers: { ...fresh?.headers } }, tool, input, access);
      })
      .catch((error: unknown) => {
        throw asFailure(error, tool, toolkit.name);
      });
    return answerOf(result, { name: toolkit.name, files, content });
  }

  /** The sessions of a toolkit whose headers are others now, or which is gone. */
  forget(projectId: string, slug: string): void {
    for (const key of this.sessions.keys()) {
      if (key.startsWith(`${projectId} ${slug} `)) this.sessions.delete(key);
    }
  }

  onApplicationShutdown(): void {
    this.sessions.clear();
  }

  /** What failed because the session was over is done once more in a new one. */
  private async call(
    upstream: Upstream,
    { upstreamName: name }: McpTool,
    input: Record<string, unknown>,
    { deadline, signal }: ProviderAccess,
  ): Promise<CallToolResult> {
    const callIn = async (session: McpSession) => {
      session.show(upstream.headers);
      const options = { timeout: Math.max(deadline - Date.now(), 1), ...(signal && { signal }) };
      return session.run((client) => client.callTool({ name, arguments: input }, options));
    };
    const key = keyOf(upstream);
    const opening = this.session(key, upstream);
    try {
      return await callIn(await opening);
    } catch (error) {
      if (!isOver(error)) throw error;
      // Another call may have seen it first, and begun the new one already.
      if (this.sessions.peek(key) === opening) this.sessions.delete(key);
      return callIn(await this.session(key, upstream));
    }
  }

  private session(key: string, upstream: Upstream): Promise<McpSession> {
    const known = this.sessions.get(key);
    if (known) return known;
    const opening = this.open(upstream, () => this.onToolsChanged(upstream));
    this.sessions.set(key, opening);
    opening.catch(() => {
      if (this.sessions.peek(key) === opening) this.sessions.delete(key);
    });
    return opening;
  }

  private async open(upstream: Upstream, onToolsChanged?: () => void): Promise<McpSession> {
    const { projectId, slug, url, ownHeaders } = upstream;
    const { headers } = ownHeaders
      ? { headers: ownHeaders }
      : await this.bus.request(openToolkitHeaders, { projectId, slug });
    const options = onToolsChanged && { onToolsChanged };
    return McpSession.open(this.http, new URL(url), { ...headers, ...upstream.headers }, options);
  }
}

function keyOf({ projectId, slug, url, connectionId }: Upstream): string {
  return `${projectId} ${slug} ${connectionId ?? '-'} ${url}`;
}
