import { createHash, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  mcpAccessRevoked,
  newId,
  ProjectSettings,
  type exchangeMcpGrant,
  type grantMcpAccess,
  type InputOf,
  type issueAccessCode,
  type revokeMcpAccess,
  type McpAccess,
  type OutputOf,
  type TokenRefusal,
} from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { hashToken, newSecretToken } from '@patchbay/vault';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { Project } from '../projects/index.js';
import { AccessCode } from './access-code.entity.js';
import { GrantToken, type TokenKind } from './grant-token.entity.js';
import { Grant } from './grant.entity.js';
import { McpClientsService } from './mcp-clients.service.js';

const MINUTE_MS = 60_000;
const LIFE_MS: Record<TokenKind, number> = {
  code: MINUTE_MS,
  access: 60 * MINUTE_MS,
  refresh: 30 * 24 * 60 * MINUTE_MS,
};
const ACCESS_CODE_LIFE_MS = 10 * MINUTE_MS;
/** Of one session at the same time. Each is one more that a guess may hit. */
const MOST_CODES = 50;
/** A client that lost the answer retries at once; a later use is taken for theft. */
const REPEAT_MS = 10_000;
/** Without letters and digits that are taken for each other; 60 random bits are beyond guessing. */
const CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 12;
/** An event has a bound, and a project any number of clients. */
const GRANTS_AN_EVENT = 1_000;

type Exchange = InputOf<typeof exchangeMcpGrant>;

/** OAuth 2.1 for clients of a session's MCP endpoint: codes, grants and tokens, kept as hashes only. */
@Injectable()
export class McpAccessService {
  constructor(
    @InjectRepository(AccessCode) private readonly codes: Repository<AccessCode>,
    @InjectRepository(GrantToken) private readonly tokens: Repository<GrantToken>,
    private readonly clients: McpClientsService,
    private readonly transactions: Transactions,
  ) {}

  async issueCode(owner: InputOf<typeof issueAccessCode>): Promise<OutputOf<typeof issueAccessCode>> {
    const { projectId, sessionId } = owner;
    const unused = { projectId, sessionId, expiresAt: MoreThan(new Date()) };
    if ((await this.codes.countBy(unused)) >= MOST_CODES) {
      throw new AppError('rate_limited', `The session already has ${MOST_CODES} unused access codes.`, {
        suggestion: 'Each is good for ten minutes. One is enough to let one client in.',
        retryAfter: 60,
      });
    }
    const code = Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]);
    const expiresAt = inMs(ACCESS_CODE_LIFE_MS);
    const row = { ...owner, codeSha256: hashToken(code.join('')), expiresAt };
    await this.transactions.run(async (manager, emit) => {
      await manager.insert(AccessCode, row);
      await recordAct(emit, { action: 'mcp_access.code_issued', ...ofSession(owner) });
    });
    return { code: code.join('').replace(/(.{4})(?=.)/g, '$1-'), expiresAt: expiresAt.toISOString() };
  }

  async grant(asked: InputOf<typeof grantMcpAccess>): Promise<OutputOf<typeof grantMcpAccess>> {
    const { accessCode, clientId, redirectUri, codeChallenge, sessionId } = asked;
    await this.clients.get(clientId, redirectUri);
    return this.transactions.run(async (manager) => {
      const codeSha256 = hashToken(accessCode.toUpperCase().replaceAll(/[\s-]/g, ''));
      const owner = await manager.findOneBy(AccessCode, { codeSha256, expiresAt: MoreThan(new Date()) });
      // Deleting it is what spends it: of two at once only one has deleted something.
      const spent =
        owner &&
        (!sessionId || owner.sessionId === sessionId) &&
        (await manager.delete(AccessCode, { codeSha256 })).affected === 1;
      if (!spent) {
        throw new AppError('invalid_request', 'This code is wrong, used or older than ten minutes.');
      }
      const grant = {
        id: newId('mcpGrant'),
        projectId: owner.projectId,
        sessionId: owner.sessionId,
        userId: owner.userId,
        clientSha256: hashToken(clientId),
        expiresAt: inMs(LIFE_MS.code),
      };
      await manager.insert(Grant, grant);
      return { code: await addToken(manager, grant.id, 'code', { codeChallenge, redirectUri }) };
    });
  }

  async exchange(asked: Exchange): Promise<OutputOf<typeof exchangeMcpGrant>> {
    return this.transactions.run(async (manager, emit) => {
      const tokenSha256 = hashToken(asked.token);
      const token = await manager.findOne(GrantToken, {
        where: { tokenSha256, kind: asked.kind, expiresAt: MoreThan(new Date()) },
        lock: { mode: 'pessimistic_write' },
      });
      const grant = token && (await manager.findOneBy(Grant, { id: token.grantId }));
      if (!grant || grant.clientSha256 !== hashToken(asked.clientId)) return refusal('is unknown or expired');
      if (token.usedAt && (asked.kind === 'code' || token.usedAt < inMs(-REPEAT_MS))) {
        // Two parties hold it, and it is unknown which of them is the client.
        await this.end(manager, emit, grant.projectId, [grant.id]);
        return refusal('was used before');
      }
      const wrong = asked.kind === 'code' && problemOf(asked, token);
      if (wrong) return refusal(wrong);
      if (asked.sessionId && asked.sessionId !== grant.sessionId) {
        return { refused: 'invalid_target', why: 'The grant is for another resource.' };
      }
      await manager.update(GrantToken, { tokenSha256 }, { usedAt: token.usedAt ?? new Date() });
      await manager.update(Grant, { id: grant.id }, { expiresAt: inMs(LIFE_MS.refresh) });
      return {
        accessToken: await addToken(manager, grant.id, 'access'),
        refreshToken: await addToken(manager, grant.id, 'refresh'),
        expiresInSeconds: LIFE_MS.access / 1000,
      };
    });
  }

  async verify(tokenSha256: string): Promise<McpAccess> {
    const token = await this.tokens.findOne({
      where: { tokenSha256, kind: 'access', expiresAt: MoreThan(new Date()) },
      relations: { grant: true },
    });
    if (!token) throw new AppError('unauthenticated', 'This access token is unknown, expired or revoked.');
    const { id: grantId, projectId, sessionId, userId } = token.grant;
    const { settings } = await this.tokens.manager.findOneByOrFail(Project, { id: projectId });
    const { storePayloads } = ProjectSettings.parse(settings);
    const expiresAt = token.expiresAt.toISOString();
    return { projectId, sessionId, userId, grantId, storePayloads, expiresAt };
  }

  async revokeToken(token: string): Promise<Record<string, never>> {
    await this.transactions.run(async (manager, emit) => {
      const row = await manager.findOne(GrantToken, {
        where: { tokenSha256: hashToken(token) },
        relations: { grant: true },
      });
      if (row) await this.end(manager, emit, row.grant.projectId, [row.grantId]);
    });
    return {};
  }

  /** Revokes every client of a session or project, as an audit act. */
  revokeOf(of: InputOf<typeof revokeMcpAccess>): Promise<{ revoked: number }> {
    return this.transactions.run(async (manager, emit) => {
      await recordAct(emit, { action: 'mcp_access.revoked', ...ofSession(of) });
      return this.endAll(manager, emit, of);
    });
  }

  /** What goes with a session, or with a project's sessions. */
  revokeAll(of: { projectId: string; sessionId?: string }): Promise<{ revoked: number }> {
    return this.transactions.run((manager, emit) => this.endAll(manager, emit, of));
  }

  /** Some of those that there are, with all unused codes. @returns how many; 0 when none is left */
  async endSome(
    manager: EntityManager,
    emit: Emit,
    { projectId, userId }: { projectId: string | null; userId: string | null },
    most: number,
  ): Promise<number> {
    await manager.query(
      `DELETE FROM mcp_access_codes WHERE ($1::text IS NULL OR project_id = $1) AND ($2::text IS NULL OR user_id = $2)`,
      [projectId, userId],
    );
    const where = { ...(projectId && { projectId }), ...(userId && { userId }) };
    const grants = await manager.find(Grant, { where, take: most });
    for (const project of new Set(grants.map((grant) => grant.projectId))) {
      const ids = grants.filter((grant) => grant.projectId === project).map(({ id }) => id);
      await this.end(manager, emit, project, ids);
    }
    return grants.length;
  }

  private async endAll(
    manager: EntityManager,
    emit: Emit,
    of: { projectId: string; sessionId?: string },
  ): Promise<{ revoked: number }> {
    await manager.delete(AccessCode, of);
    const ids = (await manager.findBy(Grant, of)).map(({ id }) => id);
    if (ids.length > 0) await this.end(manager, emit, of.projectId, ids);
    return { revoked: ids.length };
  }

  private async end(manager: EntityManager, emit: Emit, projectId: string, ids: string[]): Promise<void> {
    for (let start = 0; start < ids.length; start += GRANTS_AN_EVENT) {
      const grantIds = ids.slice(start, start + GRANTS_AN_EVENT);
      await manager.delete(Grant, grantIds);
      await emit(mcpAccessRevoked, projectId, { grantIds });
    }
  }
}

async function addToken(
  manager: EntityManager,
  grantId: string,
  kind: TokenKind,
  proof?: { codeChallenge: string; redirectUri: string },
): Promise<string> {
  const token = newSecretToken(`mcp_${kind}_`);
  await manager.insert(GrantToken, {
    tokenSha256: hashToken(token),
    grantId,
    kind,
    codeChallenge: proof?.codeChallenge ?? null,
    redirectUri: proof?.redirectUri ?? null,
    usedAt: null,
    expiresAt: inMs(LIFE_MS[kind]),
  });
  return token;
}

/** What a code's exchange lacks: the address it was sent to, and the secret behind its challenge (RFC 7636, S256). */
function problemOf(asked: Extract<Exchange, { kind: 'code' }>, token: GrantToken): string | undefined {
  if (asked.redirectUri !== token.redirectUri) return 'was sent to another redirect_uri';
  const challenge = createHash('sha256').update(asked.codeVerifier).digest('base64url');
  return challenge === token.codeChallenge ? undefined : 'has another code_verifier';
}

function ofSession({ projectId, sessionId }: { projectId: string; sessionId: string }) {
  return { projectId, target: { type: 'session', id: sessionId } } as const;
}

function refusal(why: string): TokenRefusal {
  return { refused: 'invalid_grant', why: `The code or token ${why}.` };
}

function inMs(ms: number): Date {
  return new Date(Date.now() + ms);
}
