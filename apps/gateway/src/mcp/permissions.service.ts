import { Injectable } from '@nestjs/common';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import {
  allowForSession,
  AppError,
  findQuestions,
  findRemovals,
  isMetaTool,
  permissionKey,
  rulingOf,
  toCallSession,
  type PermissionQuestion,
  type Session,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { MULTI_EXECUTE } from '../calls/calls.service.js';
import { SessionSnapshots } from '../snapshots/session-snapshots.service.js';
import { toForm } from './permission-form.js';
import type { Person } from './person.js';

/** Asked about whatever the session's permissions say, where anybody can be asked. */
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

/** Asks the person before the client about calls that the session's permissions want to be asked about. */
@Injectable()
export class McpPermissions {
  constructor(
    private readonly bus: Bus,
    private readonly snapshots: SessionSnapshots,
  ) {}

  /**
   * @returns what was allowed for this call, by permission keys, or what the client has to be sent first
   * @throws AppError `permission_denied` when the person did not allow it
   */
  async settle(
    session: Session,
    call: Wanted,
    person: Person | undefined,
  ): Promise<string[] | InputRequiredResult> {
    // Nobody to ask: whatever needs to be asked about is refused where it is made.
    if (!person) return [];
    const questions = await this.questionsOf(session, call);
    if (questions.length === 0) return [];
    const keys = questions.map(({ key }) => key);
    const reply = await person.ask({ params: toForm(questions, call), keys });
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

/** Whether it is worth asking which accounts it removes. */
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
