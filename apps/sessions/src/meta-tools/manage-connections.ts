import { Injectable } from '@nestjs/common';
import { AppError, updateConnection, type Session, type SessionToolkit } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { MANAGE_CONNECTIONS } from '../removal-confirmations/index.js';
import {
  ACCOUNT_STATUSES,
  OwnedAccountsService,
  SessionAccountsService,
  SessionToolkitsService,
} from '../toolkits/index.js';
import { AccountRemovals, type Removal } from './account-removals.js';
import { connectionFields, describeAccounts } from './describe-accounts.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { workflowId, workflowOf } from './workflow.js';

const wanted = z.object({
  name: z.string().min(1).describe('Slug of the toolkit.'),
  action: z
    .enum(['list', 'add', 'rename', 'remove'])
    .optional()
    .describe('Without it: report the account, or link one if there is none.'),
  account_id: z
    .string()
    .min(1)
    .optional()
    .describe('For rename and remove: which account, by id, word id or alias.'),
  alias: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('For add and rename: a name of your own for the account, to tell it from others.'),
  confirmation: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('For remove, after the user has agreed: what the first request for it answered.'),
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
  slug: MANAGE_CONNECTIONS,
  name: 'Manage connections',
  description:
    "Tells whether the user's accounts are connected, and makes a link to connect one that is not; lists, renames and removes accounts when asked to. A removal that answers confirmation_required has removed nothing: ask the user, and only if they agree call again with the confirmation. Show the user each redirect_url as a link to click; the account can be used as soon as the sign-in is done. Use it before running tools of a toolkit that has no active connection.",
  input,
  tags: ['openWorldHint', 'destructiveHint'],
};

type Wanted = z.output<typeof wanted>;
interface ManageContext {
  session: Session;
  /** What a person has allowed for this call, by permission keys. */
  allowed: readonly string[];
  /** Whether to make links where accounts are connected already. */
  reinitiate: boolean;
}
type Result = Record<string, unknown> & { toolkit: string; status: 'active' | 'initiated' | 'failed' };

@Injectable()
export class ManageConnections implements MetaTool<typeof input> {
  readonly about = manageConnectionsDescription;

  constructor(
    private readonly bus: Bus,
    private readonly accounts: SessionAccountsService,
    private readonly toolkits: SessionToolkitsService,
    private readonly owned: OwnedAccountsService,
    private readonly removals: AccountRemovals,
  ) {}

  async run(given: z.output<typeof input>, { session, allowed }: MetaCall): Promise<MetaResult> {
    const requests = requestsOf(given);
    const toolkits = [...new Set(requests.map(({ name }) => name.toLowerCase()))];
    const groups = await Promise.all(
      toolkits.map((toolkit) => {
        const ofOne = requests.filter(({ name }) => name.toLowerCase() === toolkit);
        return this.handleInOrder({ session, allowed, reinitiate: given.reinitiate_all }, ofOne);
      }),
    );
    const results = groups.flat();
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
        results: Object.fromEntries(groups.map((ofOne) => [ofOne[0]?.toolkit, mergeResults(ofOne)])),
        summary,
        ...workflowOf(given.session_id),
      },
      error: null,
    };
  }

  /** The requests for one toolkit depend on each other, such as a removal before a new link. */
  private async handleInOrder(context: ManageContext, requests: Wanted[]): Promise<Result[]> {
    const results: Result[] = [];
    for (const request of requests) {
      results.push(
        await this.handle(context, request).catch((error) => failed(request.name.toLowerCase(), error)),
      );
    }
    return results;
  }

  private async handle({ session, allowed, reinitiate }: ManageContext, request: Wanted): Promise<Result> {
    const toolkit = request.name.toLowerCase();
    switch (request.action) {
      case 'list':
        return this.list(session, toolkit);
      case 'rename':
        return this.rename(session, toolkit, request);
      case 'remove':
        return { toolkit, ...(await this.removals.remove(session, toolkit, request, allowed)) };
      default:
        return this.connect(session, toolkit, request, reinitiate);
    }
  }

  private async connect(
    session: Session,
    slug: string,
    { action, alias }: Wanted,
    reinitiate: boolean,
  ): Promise<Result> {
    const { items } = await this.toolkits.list(session, { toolkits: [slug], isConnected: false, limit: 1 });
    const toolkit = items[0];
    const usable = toolkit && (toolkit.connection || !toolkit.needsAccount);
    if (usable && (!toolkit.needsAccount || (action !== 'add' && !reinitiate))) return active(toolkit);
    // A toolkit that is unknown or out of scope is refused by `link`.
    const link = await this.toolkits.link(session, { toolkit: slug, alias });
    return {
      toolkit: slug,
      status: 'initiated',
      has_active_connection: Boolean(toolkit?.connection),
      connected_account_id: link.connection.id,
      auth_config_id: link.connection.authConfig.id,
      redirect_url: link.url,
      created_at: link.connection.createdAt,
      ...(reinitiate && { was_reinitiated: true }),
      instruction:
        'Show the user this link. It is good for 10 minutes; the account can be used once they have signed in.',
    };
  }

  private async list(session: Session, toolkit: string): Promise<Result> {
    await this.toolkits.requireInScope(session, toolkit);
    const accounts = await this.accounts.usable(session, [toolkit], ACCOUNT_STATUSES);
    return {
      toolkit,
      status: 'active',
      has_active_connection: accounts.some(({ status }) => status === 'ACTIVE'),
      accounts: describeAccounts(accounts),
    };
  }

  private async rename(
    session: Session,
    toolkit: string,
    { account_id: named, alias }: Wanted,
  ): Promise<Result> {
    if (!alias) throw new AppError('invalid_request', 'alias is missing: the new name of the account.');
    const { id } = await this.owned.find(session, toolkit, named);
    const { projectId } = session;
    const renamed = await this.bus.request(updateConnection, { projectId, id, alias });
    return {
      toolkit,
      status: 'active',
      has_active_connection: renamed.status === 'ACTIVE',
      ...connectionFields(renamed),
      alias: renamed.alias,
    };
  }
}

function requestsOf({ toolkits }: z.output<typeof input>): Wanted[] {
  return toolkits.map((entry) => (typeof entry === 'string' ? { name: entry } : entry));
}

/** The removals that a call requests; none when its arguments are invalid. */
export function removalsIn(given: Record<string, unknown>): Removal[] {
  const { data } = input.safeParse(given);
  return data ? requestsOf(data).filter(({ action }) => action === 'remove') : [];
}

/** The answer has one result a toolkit: the results after the first go into it. */
function mergeResults([first, ...further]: Result[]): object {
  return { ...first, ...(further.length > 0 && { further_results: further }) };
}

function active({ slug, connection }: SessionToolkit): Result {
  return {
    toolkit: slug,
    status: 'active',
    has_active_connection: true,
    ...(connection ? connectionFields(connection) : { instruction: 'No account is needed.' }),
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
