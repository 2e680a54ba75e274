import { Body, HttpCode, Post } from '@nestjs/common';
import type { CallContext, CallOrigin } from '@patchbay/contracts';
import type { z } from 'zod';
import { AccessFor, Area, OpenToItsSandbox, Origin, ProjectId } from '../access/index.js';
import {
  ApiTag,
  ClientDisconnected,
  Describe,
  PathId,
  PlainController,
  RequestCallContext,
  Wire,
} from '../http/index.js';
import { IdempotencyKey, Idempotent } from '../idempotency/index.js';
import { SessionRequests } from '../sessions/index.js';
import type { ProxyOutcome } from './call.js';
import { CallsService } from './calls.service.js';
import { toCredential } from './direct-call.body.js';
import { DirectCallBuilder } from './direct-call.builder.js';
import { DirectProxyBody, SessionProxyBody, toProxyRequest } from './proxy.body.js';
import { ProxyAnswer } from './call.answer.js';
import { CALL_ERRORS } from './call.errors.js';

const PROXY_ERRORS = [
  'origin_mismatch',
  'target_not_public',
  'provider_unreachable',
  'provider_timeout',
  ...CALL_ERRORS,
] as const;

/** Requests of the caller's own to a toolkit's provider (docs/api/tools.md#proxy). */
@PlainController()
@AccessFor('project')
@Area('proxy_execute', 'write')
@ApiTag('Execution')
export class ProxyController {
  constructor(
    private readonly builder: DirectCallBuilder,
    private readonly calls: CallsService,
    private readonly sessions: SessionRequests,
  ) {}

  @Describe({
    id: 'proxySessionRequest',
    summary: 'Send a request to a provider in a session',
    description:
      'With the credential of the session user’s account. What the provider answers, refusals too, is in the answer.',
    answer: ProxyAnswer,
    errors: ['session_not_found', ...PROXY_ERRORS],
    example: { body: { toolkit_slug: 'github', endpoint: '/user', method: 'GET' } },
  })
  @Post('tool_router/session/:sessionId/proxy_execute')
  @Idempotent()
  @HttpCode(200)
  @OpenToItsSandbox()
  async inSession(
    @ProjectId() projectId: string,
    @Origin() origin: CallOrigin,
    @RequestCallContext() context: CallContext,
    @PathId('sessionId', 'session') id: string,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Body(new Wire(SessionProxyBody)) body: z.output<typeof SessionProxyBody>,
  ) {
    const outcome = await this.calls.proxy({
      scope: { session: await this.sessions.assignToUser(projectId, id) },
      toolkit: body.toolkit_slug,
      request: toProxyRequest(body),
      credential: toCredential(body.custom_connection_data),
      origin,
      idempotencyKey,
      context,
    });
    return presentProxyOutcome(outcome);
  }

  @Describe({
    id: 'proxyRequest',
    summary: 'Send a request to a provider with an account',
    answer: ProxyAnswer,
    errors: ['missing_auth_context', 'account_of_another_user', ...PROXY_ERRORS],
    example: { body: { connected_account_id: 'ca_1234567890', endpoint: '/user', method: 'GET' } },
  })
  @Post('tools/execute/proxy')
  @Idempotent()
  @HttpCode(200)
  async direct(
    @ProjectId() projectId: string,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @ClientDisconnected() signal: AbortSignal,
    @RequestCallContext() context: CallContext,
    @Body(new Wire(DirectProxyBody)) body: z.output<typeof DirectProxyBody>,
  ) {
    const call = await this.builder.proxyCall({ projectId, idempotencyKey, signal, context }, body);
    return presentProxyOutcome(await this.calls.proxy(call));
  }
}

function presentProxyOutcome({ status, headers, data, binary }: ProxyOutcome) {
  return {
    status,
    headers,
    ...(data !== undefined && { data }),
    ...(binary && {
      binary_data: {
        url: binary.url,
        content_type: binary.contentType,
        size: binary.size,
        expires_at: binary.expiresAt,
      },
    }),
  };
}
