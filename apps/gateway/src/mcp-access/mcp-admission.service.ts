import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config.js';
import { contextOf } from '../http/request-hooks.js';
import { CONFIG } from '../tokens.js';
import { McpTokensService } from './mcp-tokens.service.js';
import { challenge } from './resource.js';

const BEARER = /^Bearer +([\x21-\x7e]{1,300})$/i;

/** Lets clients in that bring an access token for the session whose endpoint they call. */
@Injectable()
export class McpAdmission {
  constructor(
    private readonly tokens: McpTokensService,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  /**
   * @returns false for a request without a token, which may have a key
   * @throws AppError `unauthenticated` for a token that is not good for this session
   */
  async admit(request: FastifyRequest): Promise<boolean> {
    const { authorization } = request.headers;
    if (authorization === undefined) return false;
    if (request.headers['x-api-key'] !== undefined) {
      throw new AppError('unauthenticated', 'One credential a request: a key and a token were sent.');
    }
    const token = BEARER.exec(authorization)?.[1];
    const access = token === undefined ? undefined : await this.tokens.verify(token);
    if (!access || access.sessionId !== sessionOf(request)) {
      throw new AppError('unauthenticated', 'This access token is not for this session.');
    }
    const { projectId, storePayloads } = access;
    Object.assign(contextOf(request), { projectId, storePayloads });
    return true;
  }

  /** Tells who was refused where to get what lets it in. */
  challenge(request: FastifyRequest, reply: FastifyReply): void {
    const wasRefused = request.headers.authorization !== undefined;
    void reply.header(
      'www-authenticate',
      challenge(this.config.PUBLIC_URL, sessionOf(request) ?? '', wasRefused),
    );
  }
}

function sessionOf({ params }: FastifyRequest): string | undefined {
  return (params as { sessionId?: string }).sessionId;
}
