import { Injectable } from '@nestjs/common';
import {
  AppError,
  deleteConnection,
  listConnections,
  type Connection,
  type Session,
  type SessionToolkit,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { SessionToolkitsService } from '../toolkits/session-toolkits.service.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { workflowId, workflowOf } from './workflow.js';

const wanted = z.object({
  name: z.string().min(1).describe('Slug of the toolkit.'),
  action: z
    .enum(['list', 'add', 'remove'])
    .optional()
    .describe('Without it: report the account, or link one if there is none.'),
  account_id: z.string().optional().describe('For remove: which account, by id, word id or alias.'),
  alias: z.string().min(1).max(100).optional().describe('For add: a name of your own for the account.'),
});
const input = z.object({
  toolkits: z
    .array(z.union([z.string().min(1), wanted]))
    .min(1)
    .max(50)
    .describe('Slugs of toolkits, or objects that say what to do with the accounts of one.'),
  reinitiate_all: z
    .boolean()
    .default(false)
    .describe('true: make new links even where an account is connected.'),
  session_id: workflowId,
});

export const manageConnectionsDescription = {
  slug: 'COMPOSIO_MANAGE_CONNECTIONS',
  name: 'Manage connections',
  description:
    "Tells whether the user's accounts are connected, and makes a link to connect one that is not. Show the user each redirect_url as a link to click; the account can be used as soon as the sign-in is done. Use it before running tools of a toolkit that has no active connection.",
  input,
  tags: ['openWorldHint', 'destructiveHint'],
};

type Result = Record<string, unknown> & { toolkit: string; status: 'active' | 'initiated' | 'failed' };

@Injectable()
export class ManageConnections implements MetaTool<typeof input> {
  readonly about = manageConnectionsDescription;

  constructor(
    private readonly bus: Bus,
    private readonly toolkits: SessionToolkitsService,
  ) {}

  async run(given: z.output<typeof input>, { session }: MetaCall): Promise<MetaResult> {
    const requests = given.toolkits.map((entry) => (typeof entry === 'string' ? { name: entry } : entry));
    const results = await Promise.all(
      requests.map((request) =>
        this.handle(session, request, given.reinitiate_all).catch((error) => failed(request.name, error)),
      ),
    );
    const count = (status: Result['status']) => results.filter((result) => result.status === status).length;
    const summary = {
      total_toolkits: results.length,
      active_connections: count('active'),
      initiated_connections: count('initiated'),
      failed_connections: count('failed'),
    };
    return {
      data: {
        message: `${summary.active_connections} connected, ${summary.initiated_connections} waiting for the user, ${summary.failed_connections} failed.`,
        results: Object.fromEntries(results.map((result) => [result.toolkit, result])),
        summary,
        ...workflowOf(given.session_id),
      },
      error: null,
    };
  }

  private async handle(session: Session, request: z.output<typeof wanted>, anew: boolean): Promise<Result> {
    const slug = request.name.toLowerCase();
    if (request.action === 'list') return this.list(session, slug);
    if (request.action === 'remove') return this.remove(session, slug, request.account_id);
    const { items } = await this.toolkits.list(session, { toolkits: [slug], isConnected: false, limit: 1 });
    const toolkit = items[0];
    const usable = toolkit && (toolkit.connection || !toolkit.needsAccount);
    if (usable && (!toolkit.needsAccount || (request.action !== 'add' && !anew))) return active(toolkit);
    // A toolkit that is unknown or out of scope is refused by `link`, in the words of every other door.
    const link = await this.toolkits.link(session, { toolkit: slug, alias: request.alias });
    return {
      toolkit: slug,
      status: 'initiated',
      has_active_connection: Boolean(toolkit?.connection),
      connected_account_id: link.connection.id,
      auth_config_id: link.connection.authConfig.id,
      redirect_url: link.url,
      created_at: link.connection.createdAt,
      ...(anew && { was_reinitiated: true }),
      instruction:
        'Show the user this link. It is good for 10 minutes; the account can be used once they have signed in.',
    };
  }

  private async list(session: Session, toolkit: string): Promise<Result> {
    const accounts = await this.toolkits.activeConnections(session, [toolkit]);
    return {
      toolkit,
      status: 'active',
      has_active_connection: accounts.length > 0,
      accounts: accounts.map((account, index) => ({
        id: account.id,
        word_id: account.wordId,
        alias: account.alias,
        status: 'active',
        is_default: index === 0,
        ...(account.displayName && { user_info: { name: account.displayName } }),
      })),
    };
  }

  private async remove(session: Session, toolkit: string, named: string | undefined): Promise<Result> {
    if (!session.config.manageConnections.connectionRemoval) {
      throw new AppError('forbidden', 'This session does not allow removing connections.');
    }
    const { projectId, userId } = session;
    const page = { projectId, userIds: [userId], toolkits: [toolkit], limit: 1000 };
    const { items } = await this.bus.request(listConnections, page);
    const account = items.find(({ id, wordId, alias }) => named && [id, wordId, alias].includes(named));
    if (!account)
      throw new AppError(
        'account_not_usable',
        `The user has no ${toolkit} account ${named ?? '(account_id is missing)'}.`,
      );
    await this.bus.request(deleteConnection, { projectId, id: account.id });
    return {
      toolkit,
      status: 'active',
      has_active_connection: false,
      connected_account_id: account.id,
      removed: true,
    };
  }
}

function active({ slug, connection }: SessionToolkit): Result {
  return {
    toolkit: slug,
    status: 'active',
    has_active_connection: true,
    ...(connection ? connectionFields(connection) : { instruction: 'No account is needed.' }),
  };
}

function connectionFields({ id, authConfig, createdAt, displayName }: Connection) {
  return {
    connected_account_id: id,
    auth_config_id: authConfig.id,
    created_at: createdAt,
    ...(displayName && { current_user_info: { name: displayName } }),
  };
}

function failed(toolkit: string, error: unknown): Result {
  if (!(error instanceof AppError)) throw error;
  return {
    toolkit,
    status: 'failed',
    has_active_connection: false,
    error_message: [error.message, error.suggestion].filter(Boolean).join(' '),
  };
}
