import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  Filename,
  listFiles,
  Mimetype,
  stageFile,
  ToolkitSlug,
  ToolSlug,
  type CallFile,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageAnswer, pageQuery, presentPage, Wire } from '../http/index.js';
import { FileAnswer, UploadAnswer } from './file.answer.js';

const UploadBody = z.object({
  toolkit_slug: ToolkitSlug,
  tool_slug: ToolSlug,
  filename: Filename,
  mimetype: Mimetype,
  md5: z.string().min(1).max(64),
});
const FilesQuery = z.object({
  ...pageQuery(50),
  toolkit_slug: ToolkitSlug.optional(),
  tool_slug: ToolSlug.optional(),
});

/** Files for tools (docs/api/tools.md#files-for-tools): asked for here, sent to the link in the answer. */
@Controller('files')
@AccessFor('project')
@Area('tool_execution')
@ApiTag('Files')
export class FilesController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listFiles',
    summary: 'List files that tools were given or gave',
    answer: pageAnswer(FileAnswer),
  })
  @Get('list')
  async list(
    @ProjectId() projectId: string,
    @Query(new Wire(FilesQuery)) query: z.output<typeof FilesQuery>,
  ) {
    const { limit, cursor, toolkit_slug: toolkit, tool_slug: toolSlug } = query;
    const page = await this.bus.request(listFiles, { projectId, toolkit, toolSlug, limit, cursor });
    return presentPage(page, limit, presentFile);
  }

  @Describe({
    id: 'requestFileUpload',
    summary: 'Ask for a place for a file',
    description:
      'The bytes then go to the address in the answer by one PUT, and `key` into the arguments of the tool.',
    answer: UploadAnswer,
    errors: ['toolkit_not_found', 'tool_not_found', 'conflict'],
    example: {
      body: {
        toolkit_slug: 'gmail',
        tool_slug: 'GMAIL_SEND_EMAIL',
        filename: 'report.pdf',
        mimetype: 'application/pdf',
        md5: 'd41d8cd98f00b204e9800998ecf8427e',
      },
    },
  })
  @Post('upload/request')
  @HttpCode(200)
  async requestUpload(
    @ProjectId() projectId: string,
    @Body(new Wire(UploadBody)) body: z.output<typeof UploadBody>,
  ) {
    const { toolkit_slug: toolkit, tool_slug: toolSlug, filename, mimetype, md5 } = body;
    const staged = await this.bus.request(stageFile, {
      projectId,
      toolkit,
      toolSlug,
      filename,
      mimetype,
      md5,
    });
    return {
      id: staged.id,
      key: staged.key,
      new_presigned_url: staged.uploadUrl,
      newPresignedUrl: staged.uploadUrl,
      type: 'new' as const,
      // The contract knows no disk; clients only read on.
      metadata: { storage_backend: 's3' as const },
    };
  }
}

function presentFile({ toolkit, toolSlug, filename, mimetype, md5 }: CallFile) {
  return { toolkit_slug: toolkit, tool_slug: toolSlug, filename, mimetype, md5 };
}
