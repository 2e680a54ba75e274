import { Injectable } from '@nestjs/common';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import {
  allowForSession,
  AppError,
  findQuestions,
  findRemovals,
  gatewayApprovalWanted,
  isMetaTool,
  permissionKey,
  rulingOf,
  toCallSession,
  type PermissionQuestion,
  type Session,
} from '@patchbay/contracts';
import { Bus, tellApprovalWanted } from '@patchbay/service';
import { z } from 'zod';
import { MULTI_EXECUTE } from '../../calls/index.js';
import { SessionSnapshots } from '../../sessions/index.js';
import { toForm } from './permission-form.js';
import type { Elicitor } from './elicitation.js';

/** Removing accounts is asked about whatever the session's permissions are. */
const MANAGE_CONNECTIONS = 'COMPOSIO_MANAGE_CONNECTIONS';

const Items = z.object({
  tools: z
    .array(
      z.object({ tool_slug: z.string().min(1).max(200), account: z.string().min(1).max(200).optional() }),
    )
    .max(50),
});

const Removal = z.looseObject({ action: z.literal('remove') });

interface Wanted {
  toolSlug: string;
  arguments: Record<string, unknown>;
}

/** Asks the client's user about calls for which the session's permissions require it. */
@Injectable()
export class McpPermissions {
  constructor(
    private readonly bus: Bus,
    private readonly snapshots: SessionSnapshots,
  ) {}

  /**
   * @returns the permission keys that were allowed for this call, or what the client has to be sent first
   * @throws AppError `permission_denied` when the user did not allow it
   */
  async request(
    session: Session,
    call: Wanted,
    elicitor: Elicitor | undefined,
  ): Promise<string[] | InputRequiredResult> {
    // Without elicitation such a call is refused by the service that executes it.
    if (!elicitor) return [];
    const questions = await this.questionsOf(session, call);
    if (questions.length === 0) return [];
    const keys = questions.map(({ key }) => key);
    const onAsked = () => {
      const { projectId, id: sessionId, userId } = session;
      tellApprovalWanted(this.bus, gatewayApprovalWanted, projectId, {
        sessionId,
        userId,
        keys,
        asked: true,
      });
    };
    const reply = await elicitor.elicit({ params: toForm(questions, call), keys, onAsked });
    if (typeof reply === 'object') return reply;
    if (reply !== 'accepted') throw refused(call.toolSlug, reply);
    const lasting = questions.filter(({ once }) => once).map(({ key }) => key);
    if (lasting.length > 0) {
      const { projectId, id } = session;
      await this.bus.request(allowForSession, { projectId, id, keys: lasting });
      this.snapshots.forget(projectId, id);
    }
    return keys;
  }

  private async questionsOf(session: Session, call: Wanted): Promise<PermissionQuestion[]> {
    const { projectId } = session;
    if (call.toolSlug.toUpperCase() === MANAGE_CONNECTIONS) return this.questionsOfRemoval(session, call);
    if (!session.config.permissions) return [];
    const own = isMetaTool(call.toolSlug) ? questionOfMeta(session, call.toolSlug) : [];
    const calls = callsIn(call);
    if (calls.length === 0) return own;
    return [
      ...own,
      ...(await this.bus.request(findQuestions, { projectId, session: toCallSession(session), calls })),
    ];
  }

  private async questionsOfRemoval(session: Session, call: Wanted): Promise<PermissionQuestion[]> {
    const own = questionOfMeta(session, call.toolSlug);
    const { projectId, id } = session;
    const given = { projectId, id, arguments: call.arguments };
    return removes(call) ? [...own, ...(await this.bus.request(findRemovals, given))] : own;
  }
}

/** The app tools that a call runs. */
function callsIn({
  toolSlug,
  arguments: given,
}: Wanted): { toolSlug: string; account?: string | undefined }[] {
  if (!isMetaTool(toolSlug)) return [{ toolSlug }];
  const items = toolSlug.toUpperCase() === MULTI_EXECUTE ? Items.safeParse(given).data : undefined;
  return (items?.tools ?? [])
    .filter(({ tool_slug: slug }) => !isMetaTool(slug))
    .map(({ tool_slug: slug, account }) => ({ toolSlug: slug, account }));
}

/** Whether a call of COMPOSIO_MANAGE_CONNECTIONS may remove accounts. */
function removes({ arguments: given }: Wanted): boolean {
  const { toolkits } = given;
  return Array.isArray(toolkits) && toolkits.some((entry) => Removal.safeParse(entry).success);
}

function questionOfMeta(session: Session, toolSlug: string): PermissionQuestion[] {
  const { permissions } = toCallSession(session);
  const slug = toolSlug.toUpperCase();
  const ruling = permissions && rulingOf(permissions, { slug }, null);
  if (ruling?.verdict !== 'ask') return [];
  const about = { toolSlug: slug, toolName: slug, toolkitName: 'Patchbay', account: null };
  return [{ key: permissionKey(slug, null), ...about, once: ruling.once }];
}

function refused(toolSlug: string, reply: 'declined' | 'unanswered'): AppError {
  return reply === 'declined'
    ? new AppError('permission_denied', `The user did not allow ${toolSlug}.`, {
        suggestion: 'Do not call it again unless the user asks for it.',
      })
    : new AppError(
        'permission_required',
        `The user was asked whether to allow ${toolSlug}, and did not answer.`,
      );
}
