import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Session } from '@patchbay/contracts';
import type { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, PathId, Wire } from '../http/index.js';
import { SessionRequests } from '../sessions/index.js';
import { ItemsQuery, PathBody, requireMount, UploadBody } from './mount.body.js';
import { MountsService } from './mounts.service.js';
import { DownloadUrlAnswer, ItemsAnswer, PathAnswer, UploadUrlAnswer } from './mount.answer.js';

/** Where the mount is in the sandbox. */
export const MOUNT_POINT = '/mnt/files';

const MOUNT_ERRORS = ['session_not_found', 'not_found'] as const;

/** The files of a session (docs/api/sessions.md#files-of-a-session). */
@Controller('tool_router/session/:sessionId/mounts/:mountId')
@AccessFor('project')
@Area('session_management')
@ApiTag('Files of sessions')
export class MountsController {
  constructor(
    private readonly mounts: MountsService,
    private readonly sessions: SessionRequests,
  ) {}

  @Describe({
    id: 'listMountItems',
    summary: 'List the files of a session',
    answer: ItemsAnswer,
    errors: MOUNT_ERRORS,
  })
  @Get('items')
  async items(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Param('mountId') mountId: string,
    @Query(new Wire(ItemsQuery)) query: z.output<typeof ItemsQuery>,
  ) {
    const session = await this.open(projectId, id, mountId);
    const { mount_relative_prefix: prefix, limit, cursor } = query;
    const { items, nextCursor } = await this.mounts.list(session, { prefix, limit, cursor });
    return {
      items: items.map(({ path, size, modifiedAt }) => ({
        ...presentPath(path),
        size,
        last_modified: modifiedAt.toISOString(),
      })),
      ...(nextCursor && { next_cursor: nextCursor }),
    };
  }

  @Describe({
    id: 'createMountUploadUrl',
    summary: 'Ask for an address to send a file to',
    answer: UploadUrlAnswer,
    errors: MOUNT_ERRORS,
    example: { body: { mount_relative_path: 'data/table.csv' } },
  })
  @Post('upload_url')
  async uploadUrl(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Param('mountId') mountId: string,
    @Body(new Wire(UploadBody)) { mount_relative_path: path }: z.output<typeof UploadBody>,
  ) {
    const { url, expiresAt } = await this.mounts.uploadUrl(await this.open(projectId, id, mountId), path);
    return { upload_url: url, ...presentPath(path), expires_at: expiresAt.toISOString() };
  }

  @Describe({
    id: 'createMountDownloadUrl',
    summary: 'Ask for an address to get a file from',
    answer: DownloadUrlAnswer,
    errors: MOUNT_ERRORS,
    example: { body: { mount_relative_path: 'data/table.csv' } },
  })
  @Post('download_url')
  async downloadUrl(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Param('mountId') mountId: string,
    @Body(new Wire(PathBody)) { mount_relative_path: path }: z.output<typeof PathBody>,
  ) {
    const { url, expiresAt } = await this.mounts.downloadUrl(await this.open(projectId, id, mountId), path);
    return { download_url: url, ...presentPath(path), expires_at: expiresAt.toISOString() };
  }

  @Describe({
    id: 'deleteMountItem',
    summary: 'Delete a file, or a folder with what is in it',
    answer: PathAnswer,
    errors: MOUNT_ERRORS,
    example: { body: { mount_relative_path: 'data' } },
  })
  @Post('delete')
  @HttpCode(200)
  async delete(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Param('mountId') mountId: string,
    @Body(new Wire(PathBody)) { mount_relative_path: path }: z.output<typeof PathBody>,
  ) {
    await this.mounts.delete(await this.open(projectId, id, mountId), path);
    return presentPath(path);
  }

  private open(projectId: string, id: string, mountId: string): Promise<Session> {
    requireMount(mountId);
    return this.sessions.assignToUser(projectId, id);
  }
}

function presentPath(path: string) {
  return { mount_relative_path: path, sandbox_mount_prefix: MOUNT_POINT };
}
