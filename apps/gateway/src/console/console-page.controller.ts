import { randomBytes } from 'node:crypto';
import { Controller, Get, Param, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../access/index.js';
import { NotDescribed } from '../http/index.js';
import { LimitedBy } from '../limits/index.js';
import { sendPage } from '../pages/index.js';
import { ConsoleFiles, type ConsoleFile } from './console-files.service.js';
import { NotBuiltPage } from './not-built.page.js';

const NONCE = '__CSP_NONCE__';

/**
 * The console. Its page is the same for everybody and under every address below `/console`, which its script reads; what it
 * shows it asks of the API.
 */
@Controller({ path: 'console', version: VERSION_NEUTRAL })
@NotDescribed('the console, for people with a browser')
@AccessFor('anyone')
@LimitedBy('pages')
export class ConsolePageController {
  constructor(private readonly files: ConsoleFiles) {}

  @Get()
  page(@Res() reply: FastifyReply): Promise<void> {
    return this.sendPage(reply);
  }

  @Get('*')
  async below(
    @Param('*') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.file(name);
    if (file) return this.sendFile(request, reply, file);
    // A page of the build before asks for what is no more: it must not take a page for a script.
    if (name.startsWith('assets/')) throw new AppError('not_found', 'There is no such file of the console.');
    return this.sendPage(reply);
  }

  private async sendPage(reply: FastifyReply): Promise<void> {
    const page = await this.files.page();
    if (page === undefined) return sendPage(reply, 404, NotBuiltPage());
    const nonce = randomBytes(16).toString('base64');
    void reply.headers(headersOf(nonce)).send(page.replaceAll(NONCE, nonce));
  }

  private async sendFile({ headers }: FastifyRequest, reply: FastifyReply, file: ConsoleFile): Promise<void> {
    void reply.headers({
      'content-type': file.type,
      'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'public, no-cache',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      etag: file.etag,
      ...(file.isCompressible && { vary: 'accept-encoding' }),
    });
    if (headers['if-none-match'] === file.etag) return void reply.status(304).send();
    const { encoding, bytes } = await this.files.encoded(file, String(headers['accept-encoding'] ?? ''));
    if (encoding !== 'identity') void reply.header('content-encoding', encoding);
    void reply.send(bytes);
  }
}

/**
 * Scripts and styles from here alone. A style in the page needs the nonce of this answer; what strangers wrote cannot know
 * it. Pictures come from elsewhere as well: logos of toolkits.
 */
function headersOf(nonce: string) {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  };
}
