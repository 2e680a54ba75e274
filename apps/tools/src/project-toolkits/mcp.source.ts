import { Injectable } from '@nestjs/common';
import { discoverOAuthServerInfo, type Tool } from '@modelcontextprotocol/client';
import { AppError, TOOL_HINTS, type JsonSchema } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import {
  findBreaches,
  ImportRefusal,
  letterLogo,
  toTakenSchema,
  type DcrOAuthSpec,
  type McpTool,
} from '@patchbay/toolkits';
import { isUnauthorized, McpUpstreams } from '../mcp/mcp.upstreams.js';
import type { SourceReading } from './source-reading.js';

export interface McpSource {
  projectId: string;
  slug: string;
  name: string | undefined;
  url: string;
  headers?: Record<string, string> | undefined;
  /** Whose account to ask with, where the server wants one. */
  account?: { connectionId: string; headers: Record<string, string> } | undefined;
}

const MAX_SLUG_LENGTH = 64;
const MAX_DESCRIPTION_LENGTH = 1_000;

/** Toolkits out of upstream MCP servers. */
@Injectable()
export class McpReader {
  constructor(
    private readonly http: OutboundClient,
    private readonly upstreams: McpUpstreams,
  ) {}

  /** A server that wants a sign-in is read when somebody has connected an account; until then it has no tools. */
  async read(source: McpSource): Promise<SourceReading> {
    const { projectId, slug, url, headers, account } = source;
    this.upstreams.forget(projectId, slug);
    try {
      const tools = await this.upstreams.listTools({
        projectId,
        slug,
        url,
        connectionId: account?.connectionId,
        headers: account?.headers ?? {},
        ownHeaders: headers,
      });
      return this.reading(source, tools, account ? [await this.signIn(url)] : []);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (isUnauthorized(error) && !account) return this.reading(source, [], [await this.signIn(url)]);
      const reason = error instanceof Error ? error.message.slice(0, 300) : 'it could not be reached';
      throw new AppError(
        'invalid_request',
        `The MCP server at ${new URL(url).host} cannot be used: ${reason}`,
        {
          issues: ['source.url: must be an MCP server that speaks Streamable HTTP'],
          cause: error,
        },
      );
    }
  }

  /** What a list of tools means as a definition. */
  reading(
    source: Pick<McpSource, 'slug' | 'name' | 'url'>,
    tools: Tool[],
    auth: DcrOAuthSpec[],
  ): SourceReading {
    const { slug, url } = source;
    const name = source.name ?? slug;
    const taken = new Set<string>();
    const refused: SourceReading['refused'] = [];
    const kept: McpTool[] = [];
    for (const [index, tool] of tools.entries()) {
      try {
        const made = toTool(slug, tool, taken);
        const [breach] = findBreaches(made.slug, made.input);
        if (breach) throw new ImportRefusal('', breach);
        taken.add(made.slug);
        kept.push(made);
      } catch (error) {
        if (!(error instanceof ImportRefusal)) throw error;
        const place = `/tools/${index}/inputSchema${error.place}`;
        refused.push({ operation: tool.name, place, reason: error.reason });
      }
    }
    const definition = {
      name,
      description: `Tools of the MCP server at ${new URL(url).host}.`,
      logo: letterLogo(name),
      baseUrl: url,
      auth,
      tools: kept,
    };
    return { definition, imported: kept.map((tool) => tool.slug), renamed: [], refused };
  }

  /** How to sign in, as the server and its authorization server say it (RFC 9728, RFC 8414). */
  private async signIn(url: string): Promise<DcrOAuthSpec> {
    const { authorizationServerMetadata: metadata, resourceMetadata } = await discoverOAuthServerInfo(url, {
      fetchFn: this.http.fetch,
    });
    if (!metadata?.registration_endpoint) {
      throw new AppError(
        'invalid_request',
        'The MCP server wants a sign-in at which no client can register itself.',
        {
          suggestion: 'Give it a token of yours in source.headers.',
        },
      );
    }
    const scopes = resourceMetadata?.scopes_supported ?? metadata.scopes_supported ?? [];
    return {
      scheme: 'DCR_OAUTH',
      registrationUrl: String(metadata.registration_endpoint),
      authorizationUrl: String(metadata.authorization_endpoint),
      tokenUrl: String(metadata.token_endpoint),
      scopes,
      // RFC 8707: the token is for this server.
      extraParameters: { resource: url },
    };
  }
}

function toTool(toolkit: string, tool: Tool, taken: ReadonlySet<string>): McpTool {
  const words = `${toolkit}_${tool.name}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  let slug = words.slice(0, MAX_SLUG_LENGTH).replace(/_+$/, '');
  for (let count = 2; taken.has(slug); count += 1) slug = `${words.slice(0, MAX_SLUG_LENGTH - 4)}_${count}`;
  const annotations = tool.annotations ?? {};
  return {
    kind: 'mcp',
    slug,
    upstreamName: tool.name,
    name: tool.title ?? annotations.title ?? tool.name,
    description: (tool.description ?? tool.name).slice(0, MAX_DESCRIPTION_LENGTH),
    tags: TOOL_HINTS.filter((hint) => annotations[hint] === true),
    input: toTakenSchema(tool.inputSchema as JsonSchema),
    ...(tool.outputSchema && { output: tool.outputSchema as JsonSchema }),
  };
}
