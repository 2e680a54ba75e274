import { Injectable } from '@nestjs/common';
import {
  AppError,
  executeTool,
  generateArguments,
  getConnection,
  isMetaTool,
  type CallOutcome,
  type ConnectionDetail,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { Abandonment } from '../calls/abandonment.service.js';
import { Limits } from '../limits/limits.service.js';
import { userKey } from '../limits/limits.table.js';
import { DirectMetaTools } from './direct-meta-tools.js';
import { noSession, toCredential, toCustomAuth, type DirectCallBody } from './direct-call.body.js';

/** Whom the public service takes when nobody is named. */
const DEFAULT_USER = 'default';

/** Calls outside of any session, by a developer's own code. */
@Injectable()
export class DirectCallsService {
  constructor(
    private readonly abandonment: Abandonment,
    private readonly bus: Bus,
    private readonly metaTools: DirectMetaTools,
    private readonly limits: Limits,
  ) {}

  async execute(
    projectId: string,
    toolSlug: string,
    body: DirectCallBody,
    { idempotencyKey, left }: { idempotencyKey: string | undefined; left: AbortSignal },
  ): Promise<Omit<CallOutcome, 'logId' | 'connectionId'> & { logId?: string }> {
    const account = body.connected_account_id ?? undefined;
    const named = body.user_id ?? body.entity_id ?? undefined;
    const userId = named ?? (account && (await this.owner(projectId, account))) ?? DEFAULT_USER;
    await this.limits.spend('user', userKey(projectId, userId));
    const given = body.arguments ?? (await this.fromText(projectId, toolSlug, body));
    if (isMetaTool(toolSlug)) return this.metaTools.run(projectId, toolSlug, given);
    return this.abandonment.watch(left, () =>
      this.bus.request(executeTool, {
        projectId,
        session: noSession(userId),
        toolSlug,
        arguments: given,
        account,
        version: body.version ?? undefined,
        credential: toCredential(body.custom_connection_data),
        customAuth: toCustomAuth(body.custom_auth_params),
        idempotencyKey,
      }),
    );
  }

  /** @throws AppError `connection_not_found` */
  connection(projectId: string, id: string): Promise<ConnectionDetail> {
    if (/^ca_[\w-]{1,64}$/.test(id)) return this.bus.request(getConnection, { projectId, id });
    throw new AppError('connection_not_found', `There is no connected account ${id}.`);
  }

  /** An account named by its word belongs to the user that the call names, or to nobody. */
  private async owner(projectId: string, id: string): Promise<string> {
    return (await this.connection(projectId, id)).userId;
  }

  private async fromText(
    projectId: string,
    toolSlug: string,
    { text, version: asked }: DirectCallBody,
  ): Promise<Record<string, unknown>> {
    if (!text) return {};
    const version = asked ?? undefined;
    const request = { projectId, toolSlug, version, text };
    const { arguments: given, error } = await this.bus.request(generateArguments, request);
    if (given) return given;
    throw new AppError('invalid_request', error ?? 'No arguments could be made of the text.', {
      issues: ['text: no arguments could be made of it'],
    });
  }
}
