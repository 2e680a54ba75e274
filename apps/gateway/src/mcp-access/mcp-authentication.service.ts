import { Inject, Injectable } from '@nestjs/common';
import { AppError, type McpAccess } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setAuthentication } from '../access/index.js';
import type { GatewayConfig } from '../config.js';
import { ClientAddress, contextOf } from '../http/index.js';
import { Attempts } from '../limits/index.js';
import { CONFIG } from '../settings.module.js';
import { McpTokensService } from './mcp-tokens.service.js';
import { challenge } from './resource.js';

const BEARER = /^Bearer +([\x21-\x7e]{1,300})$/i;

/** Authenticates MCP clients by an access token for the session whose endpoint they call. */
@Injectable()
export class McpAuthentication {
  constructor(
    private readonly tokens: McpTokensService,
    private readonly attempts: Attempts,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  /**
   * @returns false for a request without a token, which may have a key
   * @throws AppError `unauthenticated` for a token that is not valid for this session
   */
  async authenticate(request: FastifyRequest): Promise<boolean> {
    const { authorization } = request.headers;
    if (authorization === undefined) return false;
    if (request.headers['x-api-key'] !== undefined || request.headers['x-user-api-key'] !== undefined) {
      throw new AppError(
        'unauthenticated',
        'Send one credential with a request: a key and a token were sent.',
      );
    }
    const token = BEARER.exec(authorization)?.[1];
    const access = token === undefined ? undefined : await this.lookUp(request, token);
    if (!access || access.sessionId !== sessionOf(request)) {
      throw new AppError('unauthenticated', 'This access token is not for this session.');
    }
    const { projectId, storePayloads, grantId } = access;
    const actor = { kind: 'access_token', keyId: grantId, name: null } as const;
    Object.assign(contextOf(request), { projectId, storePayloads, actor });
    setAuthentication(request, { keyId: grantId, recheck: () => this.tokens.verify(token ?? '') });
    return true;
  }

  private lookUp({ raw }: FastifyRequest, secret: string): Promise<McpAccess> {
    const attempt = { limit: 'failures', refusal: 'unauthenticated', secret } as const;
    return this.attempts.verify({ ...attempt, address: this.addresses.of(raw) }, (sha256) =>
      this.tokens.verifyHash(sha256),
    );
  }

  /** Says in a refusal where to get an access token. */
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
