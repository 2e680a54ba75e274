import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AppError, permissionKey, type Connection, type Session } from '@patchbay/contracts';
import { LessThan, MoreThan, type Repository } from 'typeorm';
import { RemovalConfirmation } from './removal-confirmation.entity.js';

export const MANAGE_CONNECTIONS = 'COMPOSIO_MANAGE_CONNECTIONS';
/** Enough to ask the user and get the answer. */
const VALID_MS = 10 * 60_000;

type Ruling = 'allow' | 'deny' | 'ask';

/**
 * Accounts are not removed because a text told an agent to: a person is asked where the client can ask, and elsewhere
 * the agent has to ask for it twice, with the second request naming the first.
 */
@Injectable()
export class RemovalConfirmations {
  constructor(
    @InjectRepository(RemovalConfirmation) private readonly confirmations: Repository<RemovalConfirmation>,
  ) {}

  /** Only an override for this tool or account changes it; the session's other permissions do not. */
  rulingOf({ config }: Session, { id }: Pick<Connection, 'id'>): Ruling {
    const overrides = config.permissions?.overrides ?? {};
    const rule = overrides[removalKey(id)] ?? overrides[permissionKey(MANAGE_CONNECTIONS, null)];
    if (rule === 'always_deny') return 'deny';
    return rule === 'always_allow' ? 'allow' : 'ask';
  }

  /** A code for the second request. An earlier one for the same account becomes invalid. */
  async issue(session: Session, { id: connectionId }: Pick<Connection, 'id'>): Promise<string> {
    const sessionId = session.id;
    await this.confirmations.delete({ sessionId, expiresAt: LessThan(new Date()) });
    await this.confirmations.delete({ sessionId, connectionId });
    const code = `confirm_${randomBytes(9).toString('base64url')}`;
    const expiresAt = new Date(Date.now() + VALID_MS);
    await this.confirmations.insert({ codeSha256: hashOf(code), sessionId, connectionId, expiresAt });
    return code;
  }

  /** @throws AppError `invalid_request` for a code that is not this account's, was used, or has expired */
  async confirm(session: Session, { id: connectionId }: Pick<Connection, 'id'>, code: string): Promise<void> {
    const { affected } = await this.confirmations.delete({
      codeSha256: hashOf(code),
      sessionId: session.id,
      connectionId,
      expiresAt: MoreThan(new Date()),
    });
    if (affected) return;
    throw new AppError('invalid_request', 'This confirmation is wrong, used or older than ten minutes.', {
      suggestion: 'Ask for the removal without it, and ask the user.',
    });
  }
}

/** The permission key of one account's removal. */
export function removalKey(connectionId: string): string {
  return permissionKey(MANAGE_CONNECTIONS, connectionId);
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
