import { Injectable } from '@nestjs/common';
import { AppError, type ToolkitSource } from '@patchbay/contracts';
import { OpenApiReader } from './openapi.source.js';
import type { SourceReading } from './source-reading.js';

export interface SourceRequest {
  projectId: string;
  slug: string;
  name: string | undefined;
  source: ToolkitSource;
}

/** Reads sources of every kind. */
@Injectable()
export class SourceReader {
  constructor(private readonly openapi: OpenApiReader) {}

  /** @throws AppError `invalid_request` with the place and the reason; `unavailable` when it could not be reached */
  read({ slug, name, source }: SourceRequest): Promise<SourceReading> {
    if (source.type === 'openapi') return this.openapi.read(slug, name, source);
    throw new AppError('invalid_request', 'MCP servers cannot be added yet.');
  }
}
