import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  personUpdated,
  type createSignInLink,
  type getSignInLink,
  type InputOf,
  type OpenedConsoleSession,
  type OutputOf,
  type setPassword,
  type signInByLink,
  type signInByPassword,
  type SignInWay,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { ORGANISATION } from '@patchbay/service';
import { hashToken, newSecretToken } from '@patchbay/vault';
import { IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { recordAct } from '../audit.js';
import {
  ConsoleSession,
  ConsoleSessionsService,
  endSessions,
  Person,
  PersonPassword,
  personView,
  requirePerson,
  UserKey,
} from '../people/index.js';
import type { OidcSettings } from '../oidc.settings.js';
import { PersonIdentity } from '../oidc-sign-in/index.js';
import { CONFIG } from '../settings.module.js';
import { AccountTries } from './account-tries.service.js';
import { Passwords, requireUnrelated } from './passwords.service.js';
import { SignInLink } from './sign-in-link.entity.js';

const LINK_LIFE_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Of one person at once. */
const MOST_LINKS = 10;
/** For so long a sign-in by a link stands in for a password that was forgotten. */
const FRESH_MS = 15 * 60_000;
/** And for so long any sign-in lets a person set their first one. */
const FIRST_MS = 60 * 60_000;

/** The ways into the console, besides the operator's provider. */
@Injectable()
export class ConsoleSignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: ConsoleSessionsService,
    private readonly passwords: Passwords,
    private readonly tries: AccountTries,
    @Inject(CONFIG) private readonly config: Pick<OidcSettings, 'PATCHBAY_OIDC_ROLES'>,
  ) {}

  createLink({
    personId,
    days,
  }: InputOf<typeof createSignInLink>): Promise<OutputOf<typeof createSignInLink>> {
    return this.transactions.run(async (manager, emit) => {
      await requirePerson(manager, personId);
      if (days) await requireNotSetUp(manager, personId);
      await makeRoom(manager, personId);
      const token = newSecretToken('psl_');
      const expiresAt = new Date(Date.now() + (days ? days * DAY_MS : LINK_LIFE_MS));
      await manager.insert(SignInLink, { tokenSha256: hashToken(token), personId, expiresAt });
      await recordAct(emit, { action: 'sign_in_link.created', ...ofPerson(personId) });
      return { token, expiresAt: expiresAt.toISOString() };
    });
  }

  /** Uses nothing up: previews of messages and browsers that look ahead open links, too. */
  getLink(token: string): Promise<OutputOf<typeof getSignInLink>> {
    return this.transactions.run(async (manager) => {
      const { personId, expiresAt } = await usableLink(manager, token);
      const { email, name } = await requirePerson(manager, personId);
      return { email, name, isNew: !(await isSetUp(manager, personId)), expiresAt: expiresAt.toISOString() };
    });
  }

  byLink({ token, ...browser }: InputOf<typeof signInByLink>): Promise<OpenedConsoleSession> {
    return this.transactions.run(async (manager, emit) => {
      const link = await usableLink(manager, token);
      await manager.delete(SignInLink, { tokenSha256: link.tokenSha256 });
      return this.sessions.open(manager, emit, { personId: link.personId, signedInBy: 'link', browser });
    });
  }

  async byPassword(input: InputOf<typeof signInByPassword>): Promise<OpenedConsoleSession> {
    const { email, password, ...browser } = input;
    await this.tries.begin(email);
    const known = await this.transactions.run(async (manager) => {
      const person = await manager.findOneBy(Person, { email });
      return manager.findOneBy(PersonPassword, { personId: person?.id ?? '' });
    });
    if (!(await this.passwords.matches(password, known?.hash ?? null)) || !known) throw wrongPassword();
    await this.tries.succeed(email);
    return this.transactions.run(async (manager, emit) => {
      const { personId, hash } = known;
      // It may have been changed while it was compared.
      const lock = { mode: 'pessimistic_read' } as const;
      if (!(await manager.findOne(PersonPassword, { where: { personId, hash }, lock })))
        throw wrongPassword();
      return this.sessions.open(manager, emit, { personId, signedInBy: 'password', browser });
    });
  }

  async setPassword(input: InputOf<typeof setPassword>): Promise<OutputOf<typeof setPassword>> {
    const { personId, sessionId, password, current } = input;
    const { person, known, isByLink, isFresh } = await this.transactions.run(async (manager) => ({
      person: await personView(manager, await requirePerson(manager, personId)),
      known: await manager.findOneBy(PersonPassword, { personId }),
      isByLink: await began(manager, sessionId, { within: FRESH_MS, signedInBy: 'link' }),
      isFresh: sessionId === undefined || (await began(manager, sessionId, { within: FIRST_MS })),
    }));
    await this.requireOwnPassword(personId);
    requireUnrelated(password, person);
    if (!known && !isFresh) throw tooLongAgo();
    if (known && !isByLink) await this.requireCurrent(person.email, known.hash, current);
    const hash = await this.passwords.hash(password);
    return this.transactions.run(async (manager, emit) => {
      await manager.upsert(PersonPassword, { personId, hash, changedAt: new Date() }, ['personId']);
      await recordAct(emit, { action: 'person.password_set', ...ofPerson(personId) });
      await endSessions(manager, emit, { personId, ...(sessionId && { id: Not(sessionId) }) });
      await manager.delete(SignInLink, { personId });
      // What is remembered of the person says whether they have a password.
      await emit(personUpdated, ORGANISATION, { personId, keys: [] });
      return { personId };
    });
  }

  /** @throws AppError `forbidden` for whom the provider's groups let in: it could not let them out */
  private async requireOwnPassword(personId: string): Promise<void> {
    if (!this.config.PATCHBAY_OIDC_ROLES) return;
    const isKnown = await this.transactions.run((manager) => manager.existsBy(PersonIdentity, { personId }));
    if (!isKnown) return;
    throw new AppError(
      'forbidden',
      'You sign in at the provider of this installation, and have no password here.',
    );
  }

  /** @throws AppError `forbidden` without it, `unauthenticated` for another, `rate_limited` */
  private async requireCurrent(email: string, hash: string, current: string | undefined): Promise<void> {
    if (current === undefined) {
      throw new AppError('forbidden', 'A new password needs the one that you have.', {
        suggestion: 'Send it as current_password, or sign in by a link that an owner makes for you.',
      });
    }
    await this.tries.begin(email);
    if (!(await this.passwords.matches(current, hash))) throw wrongPassword();
    await this.tries.succeed(email);
  }
}

/** The same for an address that nobody has. */
function wrongPassword(): AppError {
  return new AppError('unauthenticated', 'The e-mail address or the password is wrong.');
}

async function began(
  manager: EntityManager,
  id: string | undefined,
  { within, signedInBy }: { within: number; signedInBy?: SignInWay },
): Promise<boolean> {
  if (!id) return false;
  const createdAt = MoreThan(new Date(Date.now() - within));
  return manager.existsBy(ConsoleSession, { id, createdAt, ...(signedInBy && { signedInBy }) });
}

/** A cookie that somebody took must not become a password. */
function tooLongAgo(): AppError {
  return new AppError('forbidden', 'You signed in more than an hour ago. Sign in again to set a password.');
}

/** @throws AppError `link_not_usable`; else it is locked until the transaction ends */
async function usableLink(manager: EntityManager, token: string): Promise<SignInLink> {
  const where = { tokenSha256: hashToken(token), expiresAt: MoreThan(new Date()) };
  const link = await manager.findOne(SignInLink, { where, lock: { mode: 'pessimistic_write' } });
  if (link) return link;
  throw new AppError('link_not_usable', 'This sign-in link is unknown, used or too old.', {
    suggestion: 'Ask for a new one: an owner of the organisation makes it, and each npm start prints one.',
  });
}

async function isSetUp(manager: EntityManager, personId: string): Promise<boolean> {
  if (await manager.existsBy(UserKey, { personId, revokedAt: IsNull() })) return true;
  if (await manager.existsBy(PersonPassword, { personId })) return true;
  return manager.existsBy(PersonIdentity, { personId });
}

/** A link that lies in a mailbox for days opens no account that is in use. */
async function requireNotSetUp(manager: EntityManager, personId: string): Promise<void> {
  if (!(await isSetUp(manager, personId))) return;
  throw new AppError('conflict', 'This person has a password, a key or a sign-in at the provider already.', {
    suggestion: 'Make a sign-in link, which is good for minutes.',
  });
}

/** The ones that end first go. */
async function makeRoom(manager: EntityManager, personId: string): Promise<void> {
  const rows = await manager.find(SignInLink, { where: { personId }, order: { expiresAt: 'DESC' } });
  for (const { tokenSha256 } of rows.slice(MOST_LINKS - 1)) await manager.delete(SignInLink, { tokenSha256 });
}

function ofPerson(id: string) {
  return { projectId: null, target: { type: 'person', id } } as const;
}
