import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AppError,
  roleIn,
  roleReaches,
  type CliSession as CliSessionView,
  type collectCliSession,
  type createCliSession,
  type InputOf,
  type KeyHolder,
  type linkCliSession,
  type OutputOf,
  type Person as PersonView,
} from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { currentContext } from '@patchbay/service';
import { hashToken } from '@patchbay/vault';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { recordAct } from '../audit.js';
import { asPerson, personView, requirePerson, UserKey, UserKeysService } from '../people/index.js';
import { ApiKeysService, Project } from '../projects/index.js';
import { CliSession } from './cli-session.entity.js';

const LIFE_MS = 10 * 60_000;
/** A command line that lost the answer asks again at once, and is given another key in place of the lost one. */
const REPEAT_MS = 10_000;

/** The sign-in of command lines. No key is kept for one: it is made when the command line comes to fetch it. */
@Injectable()
export class CliSessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly userKeys: UserKeysService,
    private readonly apiKeys: ApiKeysService,
  ) {}

  create({ scope, source }: InputOf<typeof createCliSession>): Promise<OutputOf<typeof createCliSession>> {
    const id = randomUUID();
    const row: CliSession = {
      idSha256: hashToken(id),
      code: randomBytes(3).toString('hex'),
      scope,
      source,
      address: currentContext()?.address ?? null,
      expiresAt: new Date(Date.now() + LIFE_MS),
      personId: null,
      linkedBy: null,
      projectId: null,
      madeKey: null,
      collectedAt: null,
    };
    return this.transactions.run(async (manager) => {
      await manager.insert(CliSession, row);
      return { ...toView(row), id };
    });
  }

  get(id: string): Promise<CliSessionView> {
    return this.transactions.run(async (manager) => toView(await lockedSession(manager, id)));
  }

  async link(input: InputOf<typeof linkCliSession>): Promise<OutputOf<typeof linkCliSession>> {
    const holder = await this.userKeys.verify(input.keySha256);
    const { person, keyId } = holder;
    return asPerson(person, keyId, () =>
      this.transactions.run(async (manager, emit) => {
        const row = await lockedSession(manager, input.id);
        if (row.personId) throw new AppError('link_not_usable', 'This command line is signed in already.');
        const projectId = row.scope === 'project' ? await projectFor(manager, holder, input.project) : null;
        const linked = { personId: person.id, linkedBy: keyId, projectId };
        await manager.update(CliSession, { idSha256: row.idSha256 }, linked);
        // Not the id: whoever knows it may fetch the key.
        const target = { type: 'cli_session', id: row.code } as const;
        await recordAct(emit, { action: 'cli_session.linked', projectId, target });
        const { id, email, name } = person;
        return { ...toView(Object.assign(row, linked)), account: { id, email, name } };
      }),
    );
  }

  collect(id: string): Promise<OutputOf<typeof collectCliSession>> {
    return this.transactions.run(async (manager, emit) => {
      const row = await lockedSession(manager, id);
      if (!row.personId || !row.linkedBy) return { ...toView(row), account: null, apiKey: null };
      const { personId, linkedBy } = row;
      // What has ended since gives no key any more.
      const by = await manager.findOneBy(UserKey, { id: linkedBy, revokedAt: IsNull() });
      if (!by) throw new AppError('link_not_usable', 'The key that signed this command line in was revoked.');
      const person = await personView(manager, await requirePerson(manager, personId));
      const { email, name } = person;
      return asPerson(person, linkedBy, async () => {
        const made = row.projectId
          ? await this.projectKey(manager, emit, row, person)
          : await this.userKey(manager, emit, row, by);
        const collected = { madeKey: made.id, collectedAt: row.collectedAt ?? new Date() };
        await manager.update(CliSession, { idSha256: row.idSha256 }, collected);
        return { ...toView(row), account: { id: personId, email, name }, apiKey: made.key };
      });
    });
  }

  /** In place of the one that was made before, if one was. */
  private async projectKey(manager: EntityManager, emit: Emit, row: CliSession, person: PersonView) {
    const project = await manager.findOneByOrFail(Project, { id: row.projectId ?? '' });
    requireOwner(person, project);
    if (row.madeKey) await this.apiKeys.revokeIn(manager, emit, project.id, row.madeKey);
    return this.apiKeys.create(manager, emit, { projectId: project.id, name: nameOf(row) });
  }

  /** The same for a person's. As every key that a key makes, it does not outlive that one. */
  private async userKey(manager: EntityManager, emit: Emit, row: CliSession, by: UserKey) {
    const { personId } = by;
    if (row.madeKey) await this.userKeys.revokeIn(manager, emit, personId, row.madeKey);
    const expiresAt = by.expiresAt?.toISOString() ?? null;
    return this.userKeys.create(manager, emit, { personId, name: nameOf(row), expiresAt });
  }
}

function nameOf({ source }: CliSession): string {
  return (source ? `command line: ${source}` : 'command line').slice(0, 100);
}

/** @throws AppError `link_not_usable` */
async function lockedSession(manager: EntityManager, id: string): Promise<CliSession> {
  const row = await manager.findOne(CliSession, {
    where: { idSha256: hashToken(id), expiresAt: MoreThan(new Date()) },
    lock: { mode: 'pessimistic_write' },
  });
  const isOver = row?.collectedAt && row.collectedAt.getTime() < Date.now() - REPEAT_MS;
  if (row && !isOver) return row;
  throw new AppError('link_not_usable', 'This sign-in is unknown, used or older than ten minutes.', {
    suggestion: 'Begin again at the command line.',
  });
}

/** The project whose key the command line is to have: one in which the person may make keys. */
async function projectFor(
  manager: EntityManager,
  { person, homeProjectId }: KeyHolder,
  named: string | undefined,
): Promise<string> {
  const wanted = named ?? homeProjectId ?? '';
  const project = await manager.findOne(Project, { where: [{ id: wanted }, { name: wanted }] });
  if (!project || roleIn(person, project.id) === null)
    throw new AppError('not_found', 'There is no such project, or it is not yours.');
  requireOwner(person, project);
  return project.id;
}

/** @throws AppError `forbidden` */
function requireOwner(person: PersonView, project: Project): void {
  if (roleReaches(roleIn(person, project.id), 'owner')) return;
  throw new AppError('forbidden', `The keys of ${project.name} are made by its owners.`, {
    suggestion: 'Let the command line ask for a key of yours: by the scope user.',
  });
}

function toView({ code, scope, source, address, personId, expiresAt }: CliSession): CliSessionView {
  const status = personId ? 'linked' : 'pending';
  return { code, scope, source, address, status, expiresAt: expiresAt.toISOString() };
}
