import { Injectable } from '@nestjs/common';
import { AppError, type DeclaredAuth, type OpenedCredential } from '@patchbay/contracts';
import type { AuthSpec } from '@patchbay/toolkits';
import { DeclaredSignIn } from './declared.sign-in.js';
import { FirstAccount, noAccount } from './first.account.js';
import {
  hasPlaces,
  isRefused,
  SignInWanted,
  upstreamAddress,
  type SignInChallenge,
  type ToolListing,
  McpSignIn,
  McpUpstreams,
  explainMcpError,
} from '../mcp/index.js';
import { withTools, type ToolkitDefinition, type SourceReading } from '../imports/index.js';
import { ParsersService } from '../parsing/index.js';

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
  /** The sign-in that the project declared; else it is the server's to say. */
  declared?: DeclaredAuth[] | undefined;
  logo?: string | undefined;
  /** The account to ask with; else the oldest one. */
  connectionId?: string | undefined;
}

/** Toolkits out of upstream MCP servers. */
@Injectable()
export class McpReader {
  constructor(
    private readonly accounts: FirstAccount,
    private readonly parsers: ParsersService,
    private readonly declared: DeclaredSignIn,
    private readonly signIn: McpSignIn,
    private readonly upstreams: McpUpstreams,
  ) {}

  /**
   * A server that wants a sign-in is read with the oldest account that there is for it, so that it shows the
   * same tools each time. Without one those that are known stay, which are none before a user has connected.
   * @throws AppError `invalid_request` when it cannot be used, `unavailable` when it could not be reached
   */
  async read(source: McpSource): Promise<SourceReading> {
    const { url, known } = source;
    try {
      if (source.isApproved && known && known.auth.length > 0) {
        const listing = await this.listSignedIn(source);
        const { declared } = source;
        // The words of a form are the project's to change; where credentials go is not.
        const auth = declared ? this.declared.reworded(known.auth, declared) : known.auth;
        if (listing) return await this.readTools(source, listing, auth);
      }
      if (source.connectionId) throw noAccount(source.connectionId);
      const listed = await this.listUnsigned(source);
      if (source.declared) {
        const auth = await this.declared.specs(source, source.declared, listed);
        if ('tools' in listed) return await this.readTools(source, listed, auth);
        if (auth.length > 0) return withTools(source, known?.tools ?? [], auth);
        throw new AppError(
          'invalid_request',
          `The MCP server at ${new URL(url).host} wants a sign-in, and none was declared.`,
        );
      }
      if ('tools' in listed) return await this.readTools(source, listed, []);
      return withTools(source, known?.tools ?? [], await this.signIn.discover(source, listed));
    } catch (error) {
      if (error instanceof AppError) throw error;
      const { reason, turn } = explainMcpError(error);
      throw new AppError(
        'invalid_request',
        `The MCP server at ${new URL(url).host} cannot be used: ${reason}.`,
        {
          issues: [`source.url: ${reason}`],
          ...(turn && { suggestion: turn }),
          cause: error,
        },
      );
    }
  }

  private readTools(
    { projectId, slug, name, url, logo }: McpSource,
    { tools, skipped }: ToolListing,
    auth: AuthSpec[],
  ): Promise<SourceReading> {
    return this.parsers.importMcpTools(projectId, {
      server: { slug, name, url, logo },
      tools,
      skipped,
      auth,
    });
  }

  /** None when no user has an account there that can be used now. */
  private async listSignedIn(source: McpSource): Promise<ToolListing | undefined> {
    const account = { ...source, address: source.url };
    const credential = await this.accounts.open(account);
    if (!credential) return undefined;
    return this.list(source, credential).catch(async (error: unknown) => {
      if (!(error instanceof SignInWanted)) throw error;
      const fresh = await this.accounts.open(account, credential);
      return fresh && this.list(source, fresh).catch(() => undefined);
    });
  }

  /** As the server shows itself to who has no account there. */
  private async listUnsigned(source: McpSource): Promise<ToolListing | SignInChallenge> {
    const isKeyed = source.declared?.some(({ scheme }) => scheme === 'API_KEY');
    // Where it is, an account says first.
    if (isKeyed && hasPlaces(source.url)) return {};
    return this.list(source).catch((error: unknown) => {
      if (error instanceof SignInWanted) return error.challenge;
      if (isKeyed && isRefused(error)) return {};
      throw error;
    });
  }

  private async list(
    { projectId, slug, url: address, headers: given, isApproved }: McpSource,
    credential?: OpenedCredential,
  ): Promise<ToolListing> {
    const { headers = {} } = credential ?? {};
    const { href: url } = upstreamAddress(address, credential);
    const ownHeaders = given ?? (isApproved ? undefined : {});
    return this.upstreams.listTools({ projectId, slug, address, url, ownHeaders, headers });
  }
}
