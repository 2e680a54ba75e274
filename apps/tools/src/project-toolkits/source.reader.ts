import { Injectable } from '@nestjs/common';
import type { ToolkitSource } from '@patchbay/contracts';
import type { ToolkitDefinition, SourceReading } from '../imports/index.js';
import { McpReader } from './mcp.source.js';
import { OpenApiReader } from './openapi.source.js';
import type { ProjectToolkit } from './project-toolkit.entity.js';

export interface SourceRequest {
  projectId: string;
  slug: string;
  name: string | undefined;
  source: ToolkitSource;
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
  ) {}

  /** @throws AppError `invalid_request` with the place and the reason; `unavailable` when it could not be reached */
  read({ projectId, slug, name, source, before, approved }: SourceRequest): Promise<SourceReading> {
    if (source.type === 'openapi') {
      const { url, document, baseUrl } = source;
      return this.openapi.read({ projectId, slug, name, url, document, baseUrl });
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
    });
  }
}
