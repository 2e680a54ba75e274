import { Injectable } from '@nestjs/common';
import {
  AppError,
  generateArguments,
  getConnection,
  toCallContext,
  type CallContext,
  type ConnectionDetail,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { z } from 'zod';
import { RateLimits, userKey } from '../limits/index.js';
import type { Call, ProxyCall, ToolCall } from './call.js';
import { toCredential, toCustomAuth, type DirectCallBody } from './direct-call.body.js';
import { toProxyRequest, type DirectProxyBody } from './proxy.body.js';

/** The user of a call that names neither a user nor an account, as in the public service. */
const DEFAULT_USER = 'default';

type Sender = Pick<Call, 'context' | 'idempotencyKey' | 'signal'> & { projectId: string };

/** Builds the calls that a developer's own code makes outside of any session. */
@Injectable()
export class DirectCallBuilder {
  constructor(
    private readonly bus: Bus,
    private readonly limits: RateLimits,
  ) {}

  /** Counts the call against its user's limit, and generates its arguments from a text where it has one. */
  async toolCall(
    { projectId, ...sender }: Sender,
    toolSlug: string,
    body: DirectCallBody,
  ): Promise<ToolCall> {
    const account = body.connected_account_id ?? undefined;
    const named = body.user_id ?? body.entity_id ?? undefined;
    const owner = named ?? (account && (await this.connection(projectId, account)).userId);
    const userId = owner ?? DEFAULT_USER;
    await this.limits.consume('user', userKey(projectId, userId));
    return {
      ...sender,
      scope: { projectId, userId },
      toolSlug,
      arguments: body.arguments ?? (await this.generateArguments(projectId, toolSlug, body, sender.context)),
      account,
      version: body.version ?? undefined,
      credential: toCredential(body.custom_connection_data),
      customAuth: toCustomAuth(body.custom_auth_params),
    };
  }

  /** @throws AppError `missing_auth_context`, `connection_not_found` */
  async proxyCall(
    { projectId, ...sender }: Sender,
    body: z.output<typeof DirectProxyBody>,
  ): Promise<ProxyCall> {
    const { custom_connection_data: given } = body;
    const account = body.connected_account_id ?? undefined;
    if (!given && !account) {
      throw new AppError('missing_auth_context', 'Neither an account nor connection data was given.', {
        suggestion: 'Pass connected_account_id or custom_connection_data.',
      });
    }
    const connection = account ? await this.connection(projectId, account) : undefined;
    return {
      ...sender,
      scope: { projectId, userId: connection?.userId ?? DEFAULT_USER },
      toolkit: given?.toolkitSlug ?? connection?.toolkit ?? '',
      request: toProxyRequest(body),
      account,
      credential: toCredential(given),
    };
  }

  /**
   * Accounts are named by id here: one named by its alias would need a user.
   * @throws AppError `connection_not_found`
   */
  private async connection(projectId: string, id: string): Promise<ConnectionDetail> {
    if (/^ca_[\w-]{1,64}$/.test(id)) return this.bus.request(getConnection, { projectId, id });
    throw new AppError('connection_not_found', `There is no connected account ${id}.`);
  }

  private async generateArguments(
    projectId: string,
    toolSlug: string,
    { text, version: asked }: DirectCallBody,
    context: CallContext,
  ): Promise<Record<string, unknown>> {
    if (!text) return {};
    const version = asked ?? undefined;
    const request = { projectId, toolSlug, version, text, context: toCallContext(context) };
    const { arguments: generated, error } = await this.bus.request(generateArguments, request);
    if (generated) return generated;
    throw new AppError('invalid_request', error ?? 'No arguments could be made of the text.', {
      issues: ['text: no arguments could be made of it'],
    });
  }
}
