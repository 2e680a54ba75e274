import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { AppError, proxyRequest, toCallSession, type CallOrigin, type OutputOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { z } from 'zod';
import { AccessFor, Area, OpenToItsSandbox, Origin, ProjectId } from '../access/access.js';
import { Abandonment } from '../calls/abandonment.service.js';
import { ClientLeft } from '../http/client-left.js';
import { Wire } from '../http/wire.js';
import { IdempotencyKey, Idempotent } from '../idempotency/idempotency.interceptor.js';
import { SessionSnapshots } from '../snapshots/session-snapshots.service.js';
import { noSession, toCredential } from './direct-call.body.js';
import { DirectCallsService } from './direct-calls.service.js';
import { DirectProxyBody, SessionProxyBody, toProxied } from './proxy.body.js';

/** Requests of the caller's own to a toolkit's provider (docs/api/tools.md#proxy). */
@Controller()
@AccessFor('project')
@Area('proxy_execute', 'write')
export class ProxyController {
  constructor(
    private readonly abandonment: Abandonment,
    private readonly bus: Bus,
    private readonly calls: DirectCallsService,
    private readonly sessions: SessionSnapshots,
  ) {}

  @Post('tool_router/session/:sessionId/proxy_execute')
  @Idempotent()
  @HttpCode(200)
  @OpenToItsSandbox()
  async inSession(
    @ProjectId() projectId: string,
    @Origin() origin: CallOrigin,
    @Param('sessionId') id: string,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Body(new Wire(SessionProxyBody)) body: z.output<typeof SessionProxyBody>,
  ) {
    const session = await this.sessions.get(projectId, id);
    const answer = await this.bus.request(proxyRequest, {
      ...toProxied(body),
      projectId,
      session: toCallSession(session),
      toolkit: body.toolkit_slug,
      credential: toCredential(body.custom_connection_data),
      idempotencyKey,
      ...origin,
    });
    return presentProxied(answer);
  }

  @Post('tools/execute/proxy')
  @Idempotent()
  @HttpCode(200)
  async direct(
    @ProjectId() projectId: string,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @ClientLeft() left: AbortSignal,
    @Body(new Wire(DirectProxyBody)) body: z.output<typeof DirectProxyBody>,
  ) {
    const { custom_connection_data: given } = body;
    const account = body.connected_account_id ?? undefined;
    if (!given && !account) {
      throw new AppError('missing_auth_context', 'Neither an account nor connection data was given.', {
        suggestion: 'Pass connected_account_id or custom_connection_data.',
      });
    }
    const connection = account ? await this.calls.connection(projectId, account) : undefined;
    const answer = await this.abandonment.watch(left, () =>
      this.bus.request(proxyRequest, {
        ...toProxied(body),
        projectId,
        session: noSession(connection?.userId ?? 'default'),
        toolkit: given?.toolkitSlug ?? connection?.toolkit ?? '',
        account,
        credential: toCredential(given),
        idempotencyKey,
      }),
    );
    return presentProxied(answer);
  }
}

function presentProxied({ status, headers, data, binary }: OutputOf<typeof proxyRequest>) {
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
