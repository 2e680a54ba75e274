import { hash } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { CallToolResult } from '@modelcontextprotocol/client';
import {
  markedValue,
  mergeHeaders,
  nearestDoubles,
  openToolkitHeaders,
  unmarkedValue,
  type ContentBlock,
  type StdioOwner,
} from '@patchbay/contracts';
import { Bus, NatsClient, OutboundClient } from '@patchbay/service';
import {
  filledArguments,
  filledTemplate,
  ToolFailure,
  type McpTool,
  type ToolkitProgram,
} from '@patchbay/toolkits';
import type { ProviderAccess, CallCredential } from '../providers/index.js';
import { answerOf, asFailure } from './mcp.outcome.js';
import {
  McpSession,
  SignInWanted,
  wasNotDone,
  type SessionOptions,
  type ToolListing,
} from './mcp.session.js';
import { McpSessionPool } from './mcp.session-pool.js';
import { StdioConnection } from './stdio.connection.js';
import { upstreamAddress } from './upstream-address.js';

interface UpstreamToolkit {
  projectId: string;
  slug: string;
  /** The toolkit's, with a place for each value that an account says; of a program its package URL. */
  address: string;
}

/** A server as one user with one credential sees it. */
export interface HttpUpstream extends UpstreamToolkit {
  url: string;
  /** What the credential adds to each request. */
  headers: Record<string, string>;
  /** The toolkit's own headers; without them those that are kept. */
  ownHeaders?: Record<string, string> | undefined;
}

/** A program that runs for one user with one credential, in one session. */
export interface ProgramUpstream extends UpstreamToolkit {
  program: ToolkitProgram;
  /** What the credential says. */
  values: Record<string, string>;
  /** What is the same for everybody; without it what is kept. */
  ownValues?: Record<string, string> | undefined;
  owner: Pick<StdioOwner, 'userId' | 'sessionId' | 'connectionId'>;
}
export type Upstream = HttpUpstream | ProgramUpstream;
type OpenOptions = Omit<SessionOptions, 'toolkit'>;
/** Hears that a toolkit's server has other tools now. */
export type OnToolsChanged = (toolkit: { projectId: string; slug: string }) => void;

const LIST_LIMIT_MS = 20_000;
/** Of all pages of a list of tools. */
const MAX_LIST_BYTES = 16 * 1024 * 1024;

/**
 * Runs tools of upstream MCP servers, in sessions that are kept while they are used and begun again when they are
 * over. What a session's server remembers and what its requests show belongs to one user: no other user's call is
 * made in it, also where the account or the server is shared. A credential that came with a call has a session of
 * its own, which ends with the call.
 */
@Injectable()
export class McpUpstreams implements OnApplicationShutdown {
  onToolsChanged: OnToolsChanged = () => undefined;
  private readonly sessions = new McpSessionPool();

  constructor(
    private readonly http: OutboundClient,
    private readonly bus: Bus,
    nats: NatsClient,
  ) {
    // Meanwhile a toolkit's headers may have become others.
    nats.onReturn(() => this.sessions.clear());
  }

  /**
   * In a session of its own, which ends with it: who reads a server now and then keeps nothing there.
   * @throws SignInWanted; AppError
   */
  listTools(upstream: Upstream): Promise<ToolListing> {
    return this.alone(upstream, { sessionBytes: MAX_LIST_BYTES }, async (session) => {
      const options = { timeout: LIST_LIMIT_MS, signal: AbortSignal.timeout(LIST_LIMIT_MS) };
      // Bounds of a schema, such as those of int64: they are not read digit by digit.
      return nearestDoubles(unmarkedValue(await session.listTools(options)));
    });
  }

  /** Runs a tool for the user of the call. */
  async run(
    tool: McpTool,
    input: Record<string, unknown>,
    access: ProviderAccess,
    content: ContentBlock[],
  ): Promise<Record<string, unknown>> {
    const { toolkit, credential, files } = access;
    const result = await this.call(credential, tool, input, access)
      .catch(async (error: unknown) => {
        if (!(error instanceof SignInWanted) || !credential) throw error;
        return this.call(await access.refresh(credential), tool, input, access);
      })
      .catch((error: unknown) => {
        throw asFailure(error, tool, toolkit.name);
      });
    return answerOf(result, { name: toolkit.name, files, content });
  }

  /** The sessions of a toolkit whose headers are others now, or which is gone. */
  forget(projectId: string, slug: string): void {
    this.sessions.forget(toolkitKey({ projectId, slug }));
  }

  onApplicationShutdown(): void {
    this.sessions.clear();
  }

  private async call(
    credential: CallCredential | undefined,
    { upstreamName: name }: McpTool,
    input: Record<string, unknown>,
    access: ProviderAccess,
  ): Promise<CallToolResult> {
    const { deadline, signal, toolkit, userId } = access;
    const upstream = upstreamOf(access, credential);
    const callIn = async (session: McpSession) => {
      const options = { timeout: Math.max(deadline - Date.now(), 1), ...(signal && { signal }) };
      const given = markedValue(input) as Record<string, unknown>;
      return unmarkedValue(await session.callTool({ name, arguments: given }, options));
    };
    if (credential?.isOfThisCall) return this.alone(upstream, {}, callIn);
    const owner = 'program' in upstream ? [userId, upstream.owner.sessionId] : [userId];
    const key = {
      toolkit: toolkitKey(upstream),
      name: JSON.stringify([toolkitKey(upstream), toolkit.baseUrl, credential?.connectionId, ...owner]),
      shown: fingerprintOf(upstream),
    };
    const open = (listens: boolean) =>
      this.open(upstream, listens ? { onToolsChanged: () => this.onToolsChanged(upstream) } : {});
    // What failed because the session had ended is retried once in a new one.
    return this.sessions.use(key, open, callIn).catch((error: unknown) => {
      if (!wasNotDone(error)) throw error;
      return this.sessions.use(key, open, callIn);
    });
  }

  /** In a session that ends with the work. */
  private async alone<T>(
    upstream: Upstream,
    options: OpenOptions,
    work: (session: McpSession) => Promise<T>,
  ): Promise<T> {
    const session = await this.open(upstream, options, true);
    try {
      return await work(session);
    } finally {
      void session.close().catch(() => undefined);
    }
  }

  private async open(upstream: Upstream, options: OpenOptions, isAlone = false): Promise<McpSession> {
    const { projectId, slug } = upstream;
    if ('program' in upstream) {
      const { program, owner } = upstream;
      const own = upstream.ownValues ?? (await this.kept(upstream));
      const request = {
        owner: { projectId, toolkit: slug, ...owner, isAlone },
        program: runnable(program, { ...own, ...upstream.values }),
      };
      return McpSession.begin(await StdioConnection.open(this.bus, request, options), options);
    }
    const own = upstream.ownHeaders ?? (await this.kept(upstream));
    const shown = mergeHeaders(own, upstream.headers);
    return McpSession.open(this.http, new URL(upstream.url), shown, { ...options, toolkit: slug });
  }

  /** What everybody's calls show the server, or give the program. */
  private async kept({ projectId, slug, address }: UpstreamToolkit): Promise<Record<string, string>> {
    const { headers } = await this.bus.request(openToolkitHeaders, { projectId, slug, address });
    return headers;
  }
}

function upstreamOf(
  { toolkit, userId, sessionId }: ProviderAccess,
  credential: CallCredential | undefined,
): Upstream {
  const { addedBy: projectId = '', slug, baseUrl: address = '', name, program } = toolkit;
  if (credential?.baseUrl) {
    throw new ToolFailure(`${name} is an MCP server: its tools run at its own address and no other.`);
  }
  if (program) {
    if (Object.keys({ ...credential?.headers, ...credential?.query }).length > 0) {
      throw new ToolFailure(`${name} is a program: it takes no headers and no parameters.`);
    }
    const owner = { userId, sessionId, connectionId: credential?.connectionId ?? null };
    return { projectId, slug, address, program, values: { ...credential?.programValues }, owner };
  }
  const { href: url } = upstreamAddress(address, credential);
  return { projectId, slug, address, url, headers: { ...credential?.headers } };
}

function toolkitKey({ projectId, slug }: { projectId: string; slug: string }): string {
  return `${projectId} ${slug}`;
}

/** Names what a session shows its server, or what its program is given, without telling it. */
function fingerprintOf(upstream: Upstream): string {
  const [what, shown] =
    'program' in upstream ? [upstream.program, upstream.values] : [upstream.url, upstream.headers];
  const sorted = Object.entries(shown).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify([what, sorted]));
}

/** Without the arguments and the variables for which there is no value. */
function runnable(
  { registryType, identifier, version, ...templates }: ToolkitProgram,
  values: Record<string, string>,
) {
  const fill = (template: string) => filledTemplate(template, values);
  const environment = Object.entries(templates.environment).flatMap(([name, template]) => {
    const value = fill(template);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    registryType,
    identifier,
    version,
    arguments: filledArguments(templates, values),
    environment: Object.fromEntries(environment),
  };
}
