import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { packageUrl } from '@patchbay/toolkits';
import { withTools, type SourceReading, type ToolkitDefinition } from '../imports/index.js';
import { explainMcpError, McpUpstreams, type ToolListing } from '../mcp/index.js';
import type { ChosenProgram } from '../mcp-registries/index.js';
import { ParsersService } from '../parsing/index.js';
import { FirstAccount } from './first.account.js';

export interface ProgramSource {
  projectId: string;
  slug: string;
  name: string | undefined;
  chosen: Pick<ChosenProgram, 'program' | 'auth'> & { values?: ChosenProgram['values'] | undefined };
  /** Whether it is the program that runs already: no other is given the values and accounts that are kept. */
  isApproved: boolean;
  /** What is known of this very program. */
  known?: Pick<ToolkitDefinition, 'tools'> | undefined;
  logo?: string | undefined;
  /** The account to ask with; else the oldest one. */
  connectionId?: string | undefined;
}

/** Toolkits out of MCP servers that are programs. */
@Injectable()
export class ProgramReader {
  constructor(
    private readonly accounts: FirstAccount,
    private readonly parsers: ParsersService,
    private readonly upstreams: McpUpstreams,
  ) {}

  /**
   * What wants values of users is started with the oldest account that there is. Without one the tools that are known stay, which
   * are none before a user has connected.
   * @throws AppError with what kept the program from being run, or `invalid_request` when it is no MCP server
   */
  async read(source: ProgramSource): Promise<SourceReading> {
    const { projectId, slug, name, chosen, known, logo } = source;
    const { program, auth } = chosen;
    const server = { slug, name, url: packageUrl(program), logo };
    try {
      const listing = await this.list(source);
      const reading = listing
        ? await this.parsers.importMcpTools(projectId, { server, ...listing, auth })
        : withTools(server, known?.tools ?? [], auth);
      return { ...reading, definition: { ...reading.definition, program } };
    } catch (error) {
      if (error instanceof AppError) throw error;
      const { reason } = explainMcpError(error);
      throw new AppError('invalid_request', `The program ${program.identifier} cannot be used: ${reason}.`, {
        issues: [`source: ${reason}`],
        cause: error,
      });
    }
  }

  private async list(source: ProgramSource): Promise<ToolListing | undefined> {
    const { projectId, slug, chosen, isApproved, connectionId } = source;
    const { program, auth, values } = chosen;
    const address = packageUrl(program);
    const ownValues = values ?? (isApproved ? undefined : {});
    const upstream = { projectId, slug, address, program, ownValues };
    if (auth.length === 0) {
      const owner = { userId: null, sessionId: null, connectionId: null };
      return this.upstreams.listTools({ ...upstream, values: {}, owner });
    }
    const account = isApproved
      ? await this.accounts.open({ projectId, slug, address, connectionId })
      : undefined;
    if (!account) return undefined;
    const owner = { userId: null, sessionId: null, connectionId: account.connectionId };
    return this.upstreams.listTools({ ...upstream, values: { ...account.programValues }, owner });
  }
}
