import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  registerToolkit,
  toolkitChanged,
  unregisterToolkit,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { Bus, currentContext } from '@patchbay/service';
import { LessThan, type EntityManager, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { digestOf, heldBack, isSame, nextVersion } from './definition.js';
import type { ToolkitDefinition } from '../imports/index.js';
import { ProjectToolkit, ProjectToolkitVersion } from './project-toolkit.entity.js';

export type ToolkitKey = Pick<ProjectToolkit, 'projectId' | 'slug'>;
type Described = Pick<ProjectToolkit, 'projectId' | 'slug' | 'name' | 'source'>;

/** What everybody's calls show the server, or give the program: kept sealed by `auth`. */
export type SourceSecrets = Pick<InputOf<typeof registerToolkit>, 'headers' | 'values'>;

interface Keeping {
  /** Whether what differs from the approved definition is approved with it. */
  approve?: boolean;
  /** Other headers for its server, or values for its program. */
  secrets?: SourceSecrets | undefined;
  /** Absent where nobody administers anything: what follows leaves its own act, as an auth config does. */
  action?: 'toolkit.upserted' | 'toolkit.refreshed';
}

/** Sessions that began before the oldest of them use that one. */
const VERSIONS_KEPT = 20;

/** What is kept of projects' toolkits: as they were read last, and each definition that was approved. */
@Injectable()
export class ToolkitDefinitions {
  constructor(
    @InjectRepository(ProjectToolkit) private readonly toolkits: Repository<ProjectToolkit>,
    @InjectRepository(ProjectToolkitVersion) private readonly versions: Repository<ProjectToolkitVersion>,
    private readonly transactions: Transactions,
    private readonly bus: Bus,
  ) {}

  /** The newest definition that was approved. */
  async approved(key: ToolkitKey): Promise<ProjectToolkitVersion> {
    const newest = await newestOf(this.versions.manager, key);
    if (!newest) throw notFound(key.slug);
    return newest;
  }

  /** Keeps what was read. The first definition is approved by being added, later ones only when asked. */
  async keep(
    row: Described,
    latest: ToolkitDefinition,
    { approve = false, secrets, action }: Keeping,
  ): Promise<void> {
    const { projectId, slug } = row;
    const before = await this.toolkits.findOneBy({ projectId, slug });
    const newest = await newestOf(this.versions.manager, row);
    const differs = !newest || heldBack(newest.definition, latest) !== null;
    const isApproved = !newest || approve || !differs;
    const isKnown = before !== null && before.problem === null && !secrets;
    const isUnchanged = isKnown && isSame(described(before), described({ ...row, latest }));
    if (isUnchanged && !(differs && isApproved)) {
      await this.transactions.run(async (manager, emit) => {
        await manager.update(ProjectToolkit, { projectId, slug }, { readAt: new Date() });
        // The periodic refresh has no actor, and is no audit act.
        if (action && currentContext()?.actor) await recordAct(emit, { action, ...ofToolkit(row) });
      });
      return;
    }
    const changed = changesOf(before, { ...row, latest });
    if (secrets) changed.push(secrets.headers ? 'source.headers' : 'source.values');
    // First at `auth`: what cannot be connected to must not be found either.
    await this.register(row, isApproved ? latest : newest.definition, secrets, row.source.ships);
    await this.transactions.run(async (manager, emit) => {
      const kept = await lockedRow(manager, row);
      const now = new Date();
      const next: ProjectToolkit = {
        ...row,
        latest,
        refused: kept?.refused ?? null,
        problem: null,
        createdAt: kept?.createdAt ?? now,
        updatedAt: now,
        readAt: now,
      };
      await manager.save(ProjectToolkit, next);
      if (isApproved && differs) await addVersion(manager, next);
      // Its name, picture and the words of its forms are of no version.
      else if (isApproved && newest) {
        newest.definition = latest;
        await manager.save(newest);
      }
      if (action) await recordAct(emit, { action, ...ofToolkit(row), changed });
      const isMoved = secrets !== undefined || (isApproved && newest?.definition.baseUrl !== latest.baseUrl);
      const isRead = before === null || !isSame(before.latest, latest);
      const held = !isApproved && isRead ? heldBack(newest.definition, latest) : null;
      const told = held && { ...held, name: row.name ?? slug };
      await emit(toolkitChanged, projectId, { projectId, slug, isMoved, heldBack: told });
    });
  }

  /** What was held back is served from now on. */
  async approve({ projectId, slug }: ToolkitKey): Promise<void> {
    const { definition, ships } = await this.transactions.run(async (manager, emit) => {
      const row = await lockedRow(manager, { projectId, slug });
      if (!row) throw notFound(slug);
      await recordAct(emit, { action: 'toolkit.approved', ...ofToolkit(row) });
      const { ships } = row.source;
      const newest = await newestOf(manager, row);
      if (newest && !heldBack(newest.definition, row.latest)) return { definition: newest.definition, ships };
      const isMoved = newest?.definition.baseUrl !== row.latest.baseUrl;
      await emit(toolkitChanged, projectId, { projectId, slug, isMoved });
      return { definition: (await addVersion(manager, row)).definition, ships };
    });
    await this.register({ projectId, slug }, definition, undefined, ships);
  }

  /** What differs now is not asked about again, until the source says something else. */
  async refuse({ projectId, slug }: ToolkitKey): Promise<void> {
    await this.transactions.run(async (manager, emit) => {
      const row = await lockedRow(manager, { projectId, slug });
      if (!row) throw notFound(slug);
      await recordAct(emit, { action: 'toolkit.refused', ...ofToolkit(row) });
      await manager.update(ProjectToolkit, { projectId, slug }, { refused: digestOf(row.latest) });
    });
  }

  /** @returns what of `auth` went with it */
  async delete({ projectId, slug }: ToolkitKey): Promise<OutputOf<typeof unregisterToolkit>> {
    const gone = await this.bus.request(unregisterToolkit, { projectId, slug });
    await this.transactions.run(async (manager, emit) => {
      await manager.delete(ProjectToolkit, { projectId, slug });
      await manager.delete(ProjectToolkitVersion, { projectId, slug });
      await recordAct(emit, { action: 'toolkit.deleted', ...ofToolkit({ projectId, slug }) });
      await emit(toolkitChanged, projectId, { projectId, slug, isMoved: true });
    });
    return gone;
  }

  /** The project is gone: `auth` forgot its part of it by itself. */
  async deleteAllOf(projectId: string): Promise<void> {
    await this.toolkits.delete({ projectId });
    await this.versions.delete({ projectId });
  }

  private async register(
    { projectId, slug }: ToolkitKey,
    { name, logo, baseUrl, auth }: ToolkitDefinition,
    secrets?: SourceSecrets,
    ships?: true,
  ): Promise<void> {
    // The specs are plain data, and the contract lets every key of them through.
    const specs = auth as unknown as InputOf<typeof registerToolkit>['toolkit']['auth'];
    await this.bus.request(registerToolkit, {
      projectId,
      toolkit: { slug, name, logo, baseUrl, auth: specs, ...(ships && { ships }) },
      ...secrets,
    });
  }
}

function described({ name, source, latest }: Pick<ProjectToolkit, 'name' | 'source' | 'latest'>) {
  return { name, source, latest };
}

/** Which parts of it are others than before; of a new one, all. */
function changesOf(
  before: ProjectToolkit | null,
  now: Pick<ProjectToolkit, 'name' | 'source' | 'latest'>,
): string[] {
  const parts = { name: now.name, source: now.source, definition: now.latest };
  const known = before && { name: before.name, source: before.source, definition: before.latest };
  return (Object.keys(parts) as (keyof typeof parts)[]).filter(
    (part) => !known || !isDeepStrictEqual(known[part], parts[part]),
  );
}

function ofToolkit({ projectId, slug }: ToolkitKey) {
  return { projectId, target: { type: 'toolkit', id: slug } } as const;
}

export function notFound(slug: string): AppError {
  return new AppError('toolkit_not_found', `This project has added no toolkit ${slug}.`);
}

function lockedRow(manager: EntityManager, { projectId, slug }: ToolkitKey): Promise<ProjectToolkit | null> {
  return manager.findOne(ProjectToolkit, { where: { projectId, slug }, lock: { mode: 'pessimistic_write' } });
}

function newestOf(
  manager: EntityManager,
  { projectId, slug }: ToolkitKey,
): Promise<ProjectToolkitVersion | null> {
  return manager.findOne(ProjectToolkitVersion, {
    where: { projectId, slug },
    order: { approvedAt: 'DESC' },
  });
}

/**
 * A definition without any tool is replaced rather than followed: of a server that wants a sign-in nothing is known
 * before a user has connected, and sessions that began until then are to see its tools.
 */
async function addVersion(
  manager: EntityManager,
  { projectId, slug, latest: definition }: ProjectToolkit,
): Promise<ProjectToolkitVersion> {
  const now = new Date();
  const before = await newestOf(manager, { projectId, slug });
  const isFollowed = !before || before.definition.tools.length > 0;
  const kept = isFollowed
    ? { version: nextVersion(before?.version, now), approvedAt: now }
    : { version: before.version, approvedAt: before.approvedAt };
  const version = { projectId, slug, definition, ...kept };
  await manager.save(ProjectToolkitVersion, version);
  const [oldest] = await manager.find(ProjectToolkitVersion, {
    select: { approvedAt: true },
    where: { projectId, slug },
    order: { approvedAt: 'DESC' },
    skip: VERSIONS_KEPT - 1,
    take: 1,
  });
  if (oldest) {
    const older = LessThan(oldest.approvedAt);
    await manager.delete(ProjectToolkitVersion, { projectId, slug, approvedAt: older });
  }
  return version;
}
