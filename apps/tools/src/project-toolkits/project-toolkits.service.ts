import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  pageOfList,
  registerToolkit,
  toolkitChanged,
  unregisterToolkit,
  type InputOf,
  type listProjectToolkits,
  type OutputOf,
  type ProjectToolkit as ProjectToolkitView,
  type ToolkitImport,
  type upsertToolkit,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { Bus } from '@patchbay/service';
import { LessThan, type EntityManager, type Repository } from 'typeorm';
import { Catalogue } from '../catalogue/catalogue.js';
import { heldBack, nextVersion, type ToolkitDefinition } from './definition.js';
import { ProjectToolkit, ProjectToolkitVersion, type KeptSource } from './project-toolkit.entity.js';
import { SourceReader } from './source.reader.js';
import type { SourceReading } from './source-reading.js';

type Upsert = InputOf<typeof upsertToolkit>;
type Key = Pick<ProjectToolkit, 'projectId' | 'slug'>;

const TOOLKITS_A_PROJECT = 50;
/** Sessions that began before the oldest of them use that one. */
const VERSIONS_KEPT = 20;

/** Toolkits that projects add for themselves at run time. */
@Injectable()
export class ProjectToolkitsService {
  constructor(
    @InjectRepository(ProjectToolkit) private readonly toolkits: Repository<ProjectToolkit>,
    @InjectRepository(ProjectToolkitVersion) private readonly versions: Repository<ProjectToolkitVersion>,
    private readonly shipped: Catalogue,
    private readonly sources: SourceReader,
    private readonly transactions: Transactions,
    private readonly bus: Bus,
  ) {}

  async upsert(input: Upsert): Promise<ToolkitImport> {
    const { projectId, slug, source } = input;
    this.requireFree(slug);
    const before = await this.toolkits.findOneBy({ projectId, slug });
    if (!before) await this.requireRoom(projectId);
    const name = input.name ?? before?.name ?? undefined;
    const reading = await this.sources.read({ projectId, slug, name, source });
    const kept: KeptSource = {
      type: source.type,
      url: source.url ?? null,
      ...(source.type === 'openapi' && { baseUrl: source.baseUrl }),
    };
    const headers = source.type === 'mcp' ? source.headers : undefined;
    if (before && headers && !input.approve && reading.definition.baseUrl !== before.latest.baseUrl) {
      throw new AppError('conflict', 'Headers are not sent to another address before it is approved.', {
        suggestion: 'Send "approve": true with it.',
      });
    }
    const row = { projectId, slug, name: name ?? null, source: kept };
    return this.keep(row, reading, { approve: input.approve, headers });
  }

  /** Reads the source once more; what differs is held back. */
  async refresh({ projectId, slug }: Key): Promise<ToolkitImport> {
    const row = await this.row({ projectId, slug });
    const { type, url, baseUrl } = row.source;
    if (!url) {
      throw new AppError('invalid_request', `${slug} was given as a document: send it again to change it.`);
    }
    const source = type === 'openapi' ? { type, url, baseUrl } : { type, url };
    try {
      const name = row.name ?? undefined;
      return await this.keep(row, await this.sources.read({ projectId, slug, name, source }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await this.toolkits.update({ projectId, slug }, { problem: error.message, updatedAt: new Date() });
      throw error;
    }
  }

  async approve({ projectId, slug }: Key): Promise<ProjectToolkitView> {
    const approved = await this.transactions.run(async (manager, emit) => {
      const row = await lockedRow(manager, { projectId, slug });
      if (!row) throw notFound(slug);
      const newest = await newestOf(manager, row);
      if (newest && !heldBack(newest.definition, row.latest)) return newest;
      await emit(toolkitChanged, projectId, { projectId, slug });
      return addVersion(manager, row, newest?.version);
    });
    await this.register({ projectId, slug }, approved.definition);
    return this.get({ projectId, slug });
  }

  async get(key: Key): Promise<ProjectToolkitView> {
    return this.toView(await this.row(key));
  }

  async list(input: InputOf<typeof listProjectToolkits>): Promise<OutputOf<typeof listProjectToolkits>> {
    const { projectId } = input;
    const rows = await this.toolkits.find({ where: { projectId }, order: { slug: 'ASC' } });
    const page = pageOfList(rows, input);
    return { ...page, items: await Promise.all(page.items.map((row) => this.toView(row))) };
  }

  async delete({ projectId, slug }: Key): Promise<{ slug: string }> {
    await this.row({ projectId, slug });
    await this.bus.request(unregisterToolkit, { projectId, slug });
    await this.transactions.run(async (manager, emit) => {
      await manager.delete(ProjectToolkit, { projectId, slug });
      await manager.delete(ProjectToolkitVersion, { projectId, slug });
      await emit(toolkitChanged, projectId, { projectId, slug });
    });
    return { slug };
  }

  /** The project is gone: `auth` forgot its part of it by itself. */
  async deleteAllOf(projectId: string): Promise<void> {
    await this.toolkits.delete({ projectId });
    await this.versions.delete({ projectId });
  }

  /** Keeps what was read. The first definition is approved by being added, later ones only when asked. */
  async keep(
    row: Pick<ProjectToolkit, 'projectId' | 'slug' | 'name' | 'source'>,
    { definition, ...report }: SourceReading,
    { approve = false, headers }: { approve?: boolean; headers?: Record<string, string> | undefined } = {},
  ): Promise<ToolkitImport> {
    const { projectId, slug } = row;
    const newest = await this.versions.findOne({ where: { projectId, slug }, order: { approvedAt: 'DESC' } });
    const differs = !newest || heldBack(newest.definition, definition) !== null;
    const isApproved = !newest || approve || !differs;
    // First at `auth`: what cannot be connected to must not be found either.
    await this.register(row, isApproved ? definition : newest.definition, headers);
    await this.transactions.run(async (manager, emit) => {
      const kept = await lockedRow(manager, row);
      const now = new Date();
      const next: ProjectToolkit = {
        ...row,
        latest: definition,
        problem: null,
        createdAt: kept?.createdAt ?? now,
        updatedAt: now,
      };
      await manager.save(ProjectToolkit, next);
      if (isApproved && differs) await addVersion(manager, next, (await newestOf(manager, next))?.version);
      await emit(toolkitChanged, projectId, { projectId, slug });
    });
    return { toolkit: await this.get(row), ...report };
  }

  private async register(
    { projectId, slug }: Key,
    { name, logo, baseUrl, auth }: ToolkitDefinition,
    headers?: Record<string, string>,
  ): Promise<void> {
    // The specs are plain data, and the contract lets every key of them through.
    const specs = auth as unknown as InputOf<typeof registerToolkit>['toolkit']['auth'];
    await this.bus.request(registerToolkit, {
      projectId,
      toolkit: { slug, name, logo, baseUrl, auth: specs },
      ...(headers && { headers }),
    });
  }

  private requireFree(slug: string): void {
    if (this.shipped.toolkit(slug)) {
      throw new AppError('conflict', `A toolkit ${slug} ships already: choose another slug.`);
    }
    // Tools are named after their toolkit, and the tools of this prefix act on the session.
    if (slug.startsWith('composio'))
      throw new AppError('conflict', 'Slugs that begin with composio are taken.');
  }

  private async requireRoom(projectId: string): Promise<void> {
    if ((await this.toolkits.countBy({ projectId })) < TOOLKITS_A_PROJECT) return;
    throw new AppError('invalid_request', `A project may have ${TOOLKITS_A_PROJECT} toolkits of its own.`);
  }

  private async row({ projectId, slug }: Key): Promise<ProjectToolkit> {
    const row = await this.toolkits.findOneBy({ projectId, slug });
    if (!row) throw notFound(slug);
    return row;
  }

  private async toView(row: ProjectToolkit): Promise<ProjectToolkitView> {
    const { projectId, slug, latest, source } = row;
    const newest = await this.versions.findOneOrFail({
      where: { projectId, slug },
      order: { approvedAt: 'DESC' },
    });
    const approved = newest.definition;
    return {
      slug,
      name: approved.name,
      description: approved.description,
      version: newest.version,
      source: { type: source.type, url: source.url },
      authSchemes: approved.auth.map(({ scheme }) => scheme),
      toolCount: approved.tools.length,
      heldBack: heldBack(approved, latest),
      problem: row.problem,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

function lockedRow(manager: EntityManager, { projectId, slug }: Key): Promise<ProjectToolkit | null> {
  return manager.findOne(ProjectToolkit, { where: { projectId, slug }, lock: { mode: 'pessimistic_write' } });
}

function newestOf(manager: EntityManager, { projectId, slug }: Key): Promise<ProjectToolkitVersion | null> {
  return manager.findOne(ProjectToolkitVersion, {
    where: { projectId, slug },
    order: { approvedAt: 'DESC' },
  });
}

async function addVersion(
  manager: EntityManager,
  { projectId, slug, latest }: ProjectToolkit,
  before: string | undefined,
): Promise<ProjectToolkitVersion> {
  const now = new Date();
  const version = { projectId, slug, version: nextVersion(before, now), definition: latest, approvedAt: now };
  await manager.save(ProjectToolkitVersion, version);
  const [oldest] = await manager.find(ProjectToolkitVersion, {
    select: { approvedAt: true },
    where: { projectId, slug },
    order: { approvedAt: 'DESC' },
    skip: VERSIONS_KEPT - 1,
    take: 1,
  });
  if (oldest) {
    await manager.delete(ProjectToolkitVersion, {
      projectId,
      slug,
      approvedAt: LessThan(oldest.approvedAt),
    });
  }
  return version;
}

function notFound(slug: string): AppError {
  return new AppError('toolkit_not_found', `This project has added no toolkit ${slug}.`);
}
