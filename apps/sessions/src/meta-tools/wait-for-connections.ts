import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  AppError,
  listConnections,
  type Connection,
  type Session,
  type SessionToolkit,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { SessionToolkitsService } from '../toolkits/index.js';
import { connectionFields } from './describe-accounts.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { workflowId, workflowOf } from './workflow.js';

const POLL_MS = 1_000;
/** The answer must be sent before the caller's deadline. */
const RESERVE_MS = 5_000;
const WAIT_MS = 50_000;

const input = z.object({
  toolkits: z.array(z.string().min(1)).min(1).max(50).describe('Slugs of the toolkits to wait for.'),
  mode: z.enum(['any', 'all']).default('any').describe('any: until one has ended; all: until every one has.'),
  session_id: workflowId,
});

export const waitForConnectionsDescription = {
  slug: 'COMPOSIO_WAIT_FOR_CONNECTIONS',
  name: 'Wait for connections',
  description:
    'Waits, for less than a minute, until the user has followed the links of COMPOSIO_MANAGE_CONNECTIONS, and tells what came of each. Call it again while they are still busy.',
  input,
  tags: ['readOnlyHint', 'idempotentHint'],
};

@Injectable()
export class WaitForConnections implements MetaTool<typeof input> {
  readonly about = waitForConnectionsDescription;

  constructor(
    private readonly bus: Bus,
    private readonly toolkits: SessionToolkitsService,
  ) {}

  async run(
    { toolkits, mode, session_id }: z.output<typeof input>,
    { session, context }: MetaCall,
  ): Promise<MetaResult> {
    const slugs = [...new Set(toolkits.map((slug) => slug.toLowerCase()))];
    const refused = await this.outOfScope(session, slugs);
    const limit = Math.min(Date.now() + WAIT_MS, context.deadline - RESERVE_MS);
    for (;;) {
      const results = [...refused, ...(await this.poll(session, slugs, refused))];
      const ended = results.filter(({ status }) => status === 'ACTIVE' || status === 'FAILED');
      const done = mode === 'all' ? ended.length === results.length : ended.length > 0;
      if (done || Date.now() + POLL_MS > limit) {
        return {
          data: {
            message: done ? 'Done.' : 'The user has not finished yet. Call this tool again to go on waiting.',
            results: Object.fromEntries(results.map((result) => [result.toolkit, result])),
            ...workflowOf(session_id),
          },
          error: null,
        };
      }
      await delay(POLL_MS);
    }
  }

  /** Toolkits out of the session's scope fail at once. */
  private async outOfScope(session: Session, toolkits: string[]): Promise<WaitResult[]> {
    const refusals = await Promise.all(
      toolkits.map((toolkit) =>
        this.toolkits.requireInScope(session, toolkit).then(
          () => undefined,
          (error: unknown) => {
            if (!(error instanceof AppError)) throw error;
            return {
              toolkit,
              status: 'FAILED' as const,
              has_active_connection: false,
              error_message: error.message,
            };
          },
        ),
      ),
    );
    return refusals.filter((refusal) => refusal !== undefined);
  }

  private async poll(session: Session, all: string[], refused: readonly WaitResult[]): Promise<WaitResult[]> {
    const slugs = all.filter((slug) => !refused.some(({ toolkit }) => toolkit === slug));
    if (slugs.length === 0) return [];
    const { projectId, userId } = session;
    const [toolkits, attempts] = await Promise.all([
      this.toolkits.list(session, { toolkits: slugs, isConnected: false, limit: slugs.length }),
      this.bus.request(listConnections, { projectId, userIds: [userId], toolkits: slugs, limit: 1000 }),
    ]);
    return toolkits.items.map((toolkit) =>
      describe(
        toolkit,
        attempts.items.find((attempt) => attempt.toolkit === toolkit.slug),
      ),
    );
  }
}

interface WaitResult {
  toolkit: string;
  status: 'ACTIVE' | 'INITIATED' | 'FAILED' | 'NOT_FOUND';
  [detail: string]: unknown;
}

/** By the account that the session would use; without one, by the newest attempt to connect. */
function describe(
  { slug, needsAccount, connection }: SessionToolkit,
  attempt: Connection | undefined,
): WaitResult {
  if (!needsAccount) return { toolkit: slug, status: 'ACTIVE', has_active_connection: true };
  // An active account that the session may not use is not the one it waits for.
  const shown = connection ?? (attempt?.status === 'ACTIVE' ? undefined : attempt);
  return {
    toolkit: slug,
    status: waitStatus(shown),
    has_active_connection: connection !== null,
    ...(shown && connectionFields(shown)),
    ...(shown?.statusReason && { error_message: shown.statusReason }),
  };
}

function waitStatus(connection: Connection | undefined): WaitResult['status'] {
  if (!connection) return 'NOT_FOUND';
  if (connection.status === 'ACTIVE') return 'ACTIVE';
  return connection.status === 'INITIALIZING' || connection.status === 'INITIATED' ? 'INITIATED' : 'FAILED';
}
