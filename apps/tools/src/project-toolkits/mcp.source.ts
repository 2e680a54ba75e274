import { Injectable } from '@nestjs/common';
import type { Tool } from '@modelcontextprotocol/client';
import {
  AppError,
  listConnections,
  openCredential,
  TOOL_HINTS,
  type JsonSchema,
  type OpenedCredential,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import {
  findBreaches,
  ImportRefusal,
  letterLogo,
  toTakenOutput,
  toTakenSchema,
  type AuthSpec,
  type McpTool,
} from '@patchbay/toolkits';
import { reasonOf } from '../mcp/mcp.outcome.js';
import { SignInWanted, type SignInChallenge } from '../mcp/mcp.session.js';
import { McpSignIn } from '../mcp/mcp.sign-in.js';
import { McpUpstreams } from '../mcp/mcp.upstreams.js';
import type { ImportedTool, ToolkitDefinition } from './definition.js';
import type { SourceReading } from './source-reading.js';

export interface McpSource {
  projectId: string;
  slug: string;
  name: string | undefined;
  url: string;
  headers?: Record<string, string> | undefined;
  /** Whether calls go there already: no other address is shown the headers and accounts that are kept. */
  isApproved: boolean;
  /** What is known of this very server. */
  known?: Pick<ToolkitDefinition, 'tools' | 'auth'> | undefined;
}

const MAX_SLUG_LENGTH = 64;
const MAX_DESCRIPTION_LENGTH = 1_000;
const MAX_TOOLS = 1_000;

/** Toolkits out of upstream MCP servers. */
@Injectable()
export class McpReader {
  constructor(
    private readonly bus: Bus,
    private readonly signIn: McpSignIn,
    private readonly upstreams: McpUpstreams,
  ) {}

  /**
   * A server that wants a sign-in is read with the oldest account that there is for it, so that it shows the
   * same tools each time. Without one those that are known stay, which are none before somebody has connected.
   * @throws AppError `invalid_request` when it cannot be used, `unavailable` when it could not be reached
   */
  async read(source: McpSource): Promise<SourceReading> {
    const { url, known } = source;
    try {
      if (source.isApproved && known && known.auth.length > 0) {
        const tools = await this.listSignedIn(source);
        if (tools) return toReading(source, tools, known.auth);
      }
      const listed = await this.list(source).catch(challengeOf);
      if (Array.isArray(listed)) return toReading(source, listed);
      return withTools(source, known?.tools ?? [], [await this.signIn.discover(url, listed)]);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const message = `The MCP server at ${new URL(url).host} cannot be used: ${reasonOf(error)}`;
      const issues = ['source.url: must be an MCP server that speaks Streamable HTTP'];
      throw new AppError('invalid_request', message, { issues, cause: error });
    }
  }

  /** None when nobody has an account there that can be used now. */
  private async listSignedIn(source: McpSource): Promise<Tool[] | undefined> {
    const credential = await this.open(source);
    if (!credential) return undefined;
    return this.list(source, credential).catch(async (error: unknown) => {
      if (!(error instanceof SignInWanted)) throw error;
      const fresh = await this.open(source, credential);
      return fresh && this.list(source, fresh).catch(() => undefined);
    });
  }

  private list(
    { projectId, slug, url, headers: given, isApproved }: McpSource,
    credential?: OpenedCredential,
  ): Promise<Tool[]> {
    const { headers = {} } = credential ?? {};
    const ownHeaders = given ?? (isApproved ? undefined : {});
    return this.upstreams.listTools({ projectId, slug, url, ownHeaders, headers });
  }

  private async open(
    { projectId, slug: toolkit, url: address }: McpSource,
    rejected?: OpenedCredential,
  ): Promise<OpenedCredential | undefined> {
    const { items } = await this.bus.request(listConnections, {
      projectId,
      toolkits: [toolkit],
      statuses: ['ACTIVE'],
      accountType: 'ALL',
      ascending: true,
      limit: 1,
    });
    const [account] = items;
    if (!account) return undefined;
    const request = {
      projectId,
      userId: account.userId,
      toolkit,
      address,
      toolSlug: toolkit,
      account: account.id,
      rules: {},
      rejected: rejected?.fingerprint,
    };
    return this.bus.request(openCredential, request).catch((error: unknown) => {
      if (error instanceof AppError && !error.retryable) return undefined;
      throw error;
    });
  }
}

function challengeOf(error: unknown): SignInChallenge {
  if (error instanceof SignInWanted) return error.challenge;
  throw error;
}

/** What a list of tools means as a definition. */
export function toReading(
  source: Pick<McpSource, 'slug' | 'name' | 'url'>,
  tools: Tool[],
  auth: AuthSpec[] = [],
): SourceReading {
  const taken = new Set<string>();
  const refused: SourceReading['refused'] = [];
  const kept: McpTool[] = [];
  for (const [index, tool] of tools.entries()) {
    try {
      if (index >= MAX_TOOLS) throw new ImportRefusal('', `a toolkit may have ${MAX_TOOLS} tools`);
      const made = toTool(source.slug, tool, taken);
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
  return { ...withTools(source, kept, auth), refused };
}

function withTools(
  { slug, name = slug, url }: Pick<McpSource, 'slug' | 'name' | 'url'>,
  tools: ImportedTool[],
  auth: AuthSpec[],
): SourceReading {
  const definition = {
    name,
    description: `Tools of the MCP server at ${new URL(url).host}.`,
    logo: letterLogo(name),
    baseUrl: url,
    auth,
    tools,
  };
  return { definition, imported: tools.map((tool) => tool.slug), renamed: [], refused: [] };
}

function toTool(toolkit: string, tool: Tool, taken: ReadonlySet<string>): McpTool {
  const words = `${toolkit}_${tool.name}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  let slug = words.slice(0, MAX_SLUG_LENGTH).replace(/_+$/, '');
  for (let count = 2; taken.has(slug); count += 1) slug = `${words.slice(0, MAX_SLUG_LENGTH - 4)}_${count}`;
  const annotations = tool.annotations ?? {};
  const output = outputOf(tool);
  return {
    kind: 'mcp',
    slug,
    upstreamName: tool.name,
    name: tool.title ?? annotations.title ?? tool.name,
    description: (tool.description ?? tool.name).slice(0, MAX_DESCRIPTION_LENGTH),
    tags: TOOL_HINTS.filter((hint) => annotations[hint] === true),
    input: toTakenSchema(tool.inputSchema as JsonSchema),
    ...(output && { output }),
  };
}

/** A tool runs without a word on what it answers, too. */
function outputOf({ outputSchema }: Tool): JsonSchema | undefined {
  try {
    return outputSchema && toTakenOutput(outputSchema as JsonSchema);
  } catch (error) {
    if (error instanceof ImportRefusal) return undefined;
    throw error;
  }
}
