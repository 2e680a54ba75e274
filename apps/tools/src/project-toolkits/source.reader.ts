import { Injectable } from '@nestjs/common';
import { AppError, type DeclaredAuth, type ToolkitSource } from '@patchbay/contracts';
import type { ToolkitDefinition, SourceReading } from '../imports/index.js';
import { packageUrl } from '@patchbay/toolkits';
import { isSame } from './definition.js';
import { McpReader } from './mcp.source.js';
import { OpenApiReader } from './openapi.source.js';
import { ProgramReader, type ProgramSource } from './program.source.js';
import type { ProjectToolkit } from './project-toolkit.entity.js';

/** Where a toolkit is read from: what an entry of a registry names is an MCP server, or a program, by then. */
export type ReadableSource =
  | Exclude<ToolkitSource, { type: 'mcp_registry' | 'stdio' }>
  | ({ type: 'stdio' } & ProgramSource['chosen']);

/** What is kept of where a toolkit came from. */
export function placeOf(source: ReadableSource): string | null {
  return source.type === 'stdio' ? packageUrl(source.program) : (source.url ?? null);
}

export interface SourceRequest {
  projectId: string;
  slug: string;
  name: string | undefined;
  source: ReadableSource;
  /** How the project says that users sign in to an MCP server. */
  auth?: DeclaredAuth[] | undefined;
  logo?: string | undefined;
  /** The account with which an MCP server is to be asked. */
  connectionId?: string | undefined;
  /** The toolkit as it is kept, if it is there already. */
  before: Pick<ProjectToolkit, 'source' | 'latest'> | null;
  /** Its definition that is served. */
  approved: ToolkitDefinition | null;
}

/** Reads sources of every kind. */
@Injectable()
export class SourceReader {
  constructor(
    private readonly openapi: OpenApiReader,
    private readonly mcp: McpReader,
    private readonly programs: ProgramReader,
  ) {}

  /** @throws AppError `invalid_request` with the place and the reason; `unavailable` when it could not be reached */
  async read(request: SourceRequest): Promise<SourceReading> {
    const { projectId, slug, name, source, before, approved, auth, logo, connectionId } = request;
    if (source.type === 'openapi') {
      if (auth || connectionId) {
        throw new AppError(
          'invalid_request',
          'Only the source of an MCP server takes a sign-in or an account.',
        );
      }
      const { url, document, baseUrl } = source;
      return this.openapi.read({ projectId, slug, name, url, document, baseUrl });
    }
    if (source.type === 'stdio') {
      if (auth) {
        throw new AppError('invalid_request', 'What a program asks for is said by its package.', {
          issues: ['auth: is said by source.package'],
        });
      }
      const { type: _, ...chosen } = source;
      const isApproved = isSame(approved?.program, chosen.program);
      const known = isSame(before?.latest.program, chosen.program) ? before?.latest : undefined;
      return this.programs.read({ projectId, slug, name, chosen, isApproved, known, logo, connectionId });
    }
    const { url, headers } = source;
    const isSameServer = before?.source.type === 'mcp' && before.source.url === url;
    return this.mcp.read({
      projectId,
      slug,
      name,
      url,
      headers,
      isApproved: approved?.baseUrl === url,
      known: isSameServer ? before.latest : undefined,
      declared: auth,
      logo,
      connectionId,
    });
  }
}
