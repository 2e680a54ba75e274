import { Body, Controller, Get, HttpCode, Inject, Put, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { Readable } from 'node:stream';
import { AppError } from '@patchbay/contracts';
import {
  attachment,
  FILES_ROUTE,
  isCallFile,
  LocalStorage,
  ownerOf,
  type FileStorage,
} from '@patchbay/files';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../access/index.js';
import { LongLivedResponses } from '../long-lived-responses/index.js';
import { LimitedBy } from '../limits/index.js';
import { FILE_STORAGE } from '../settings.module.js';
import { ApiTag, Describe, shownAs } from '../http/index.js';
import { z } from 'zod';

const BYTES = shownAs(z.unknown(), { type: 'string', format: 'binary' });

/** The bytes of files on disk, by signed links; a bucket serves its own. */
@Controller({ path: 'files', version: VERSION_NEUTRAL })
@AccessFor('anyone')
@LimitedBy('files')
@ApiTag('Files')
export class FileBytesController {
  constructor(
    @Inject(FILE_STORAGE) private readonly storage: FileStorage,
    private readonly longLivedResponses: LongLivedResponses,
  ) {}

  @Describe({
    id: 'downloadFile',
    summary: 'Get the bytes of a file',
    description: 'By a signed address of another answer, as it is. Only where files are kept on disk.',
    answers: { 200: { description: 'The file.', type: '*/*', schema: BYTES } },
    errors: ['file_link_invalid', 'not_found'],
  })
  @Get('*')
  async download(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { storage, key, about } = this.follow(request);
    this.holdWhileOwned(key, reply);
    const { content, size } = await storage.open(key);
    void reply
      .headers({
        'content-type': about['type'] ?? 'application/octet-stream',
        'content-length': size,
        'content-disposition': attachment(about['name'] ?? 'file'),
        // Whatever a user has put into it, it is never run as a page of ours.
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      })
      .send(content);
  }

  @Describe({
    id: 'uploadFile',
    summary: 'Send the bytes of a file',
    description: 'To a signed address of another answer, as it is. Only where files are kept on disk.',
    body: { type: 'application/octet-stream', schema: BYTES },
    answers: { 200: { description: 'It is kept.' } },
    errors: ['file_link_invalid', 'file_too_large', 'not_found'],
  })
  @Put('*')
  @HttpCode(200)
  async upload(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() content: unknown,
  ): Promise<void> {
    const { storage, key } = this.follow(request);
    // A call's file was counted as what it is: sent again, it may not have grown.
    const before = isCallFile(key) ? await storage.stat(key) : undefined;
    const maxBytes = before?.size ?? storage.maxBytes;
    if (Number(request.headers['content-length']) > maxBytes) {
      throw new AppError('file_too_large', `The file has more than ${maxBytes} bytes.`);
    }
    this.holdWhileOwned(key, reply);
    // Without a body there is nothing that Fastify would hand on.
    await storage.put(key, content instanceof Readable ? content : Buffer.alloc(0), { maxBytes });
  }

  /** A link is valid until it expires, but not for a deleted owner's files. */
  private holdWhileOwned(key: string, { raw: response }: FastifyReply): void {
    this.longLivedResponses.holdFor({ ...ownerOf(key), response, end: () => response.destroy() });
  }

  /** @throws AppError `file_link_invalid` */
  private follow({ raw, method }: FastifyRequest) {
    const { storage } = this;
    if (!(storage instanceof LocalStorage)) throw new AppError('not_found', 'No files are kept here.');
    const url = new URL(raw.url ?? '', 'http://gateway');
    const key = decodePath(url.pathname.slice(FILES_ROUTE.length));
    return { storage, key, about: storage.links.verify(method, key, url.search) };
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AppError('not_found', 'There is no such file.');
  }
}
