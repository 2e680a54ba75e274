import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  projectDeleted,
  ProjectSettings,
  projectUpdated,
  type createProject,
  type getProject,
  type InputOf,
  type listProjects,
  type OutputOf,
  type Project as ProjectView,
} from '@patchbay/contracts';
import { pageByTime, Transactions, violatedIndex } from '@patchbay/database';
import { IsNull, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeysService } from './api-keys.service.js';
import { Project } from './project.entity.js';

@Injectable()
export class ProjectsService {
  constructor(
    @InjectRepository(Project) private readonly projects: Repository<Project>,
    private readonly keys: ApiKeysService,
    private readonly transactions: Transactions,
  ) {}

  async create(input: InputOf<typeof createProject>): Promise<OutputOf<typeof createProject>> {
    const now = new Date();
    const row = { id: newId('project'), name: input.name, settings: {}, createdAt: now, updatedAt: now };
    try {
      return await this.transactions.run(async (manager, emit) => {
        await manager.insert(Project, row);
        await recordAct(emit, { action: 'project.created', ...ofProject(row.id) });
        const name = 'first key';
        const apiKey = input.createApiKey
          ? await this.keys.create(manager, emit, { projectId: row.id, name })
          : null;
        return { project: toProject(row), apiKey };
      });
    } catch (error) {
      if (violatedIndex(error) !== 'projects_name') throw error;
      throw new AppError('conflict', `A project named ${input.name} exists already.`, { cause: error });
    }
  }

  async get(id: string): Promise<OutputOf<typeof getProject>> {
    return { project: toProject(await this.row(id)), apiKeys: await this.keys.list(id) };
  }

  async list(input: InputOf<typeof listProjects>): Promise<OutputOf<typeof listProjects>> {
    const query = this.projects.createQueryBuilder('project');
    if (input.memberId) {
      query.where('project.id IN (SELECT project_id FROM project_members WHERE person_id = :memberId)', {
        memberId: input.memberId,
      });
    }
    const page = await pageByTime(query, 'project', input);
    return { ...page, items: page.items.map(toProject) };
  }

  async updateSettings(id: string, changes: Partial<ProjectSettings>): Promise<ProjectView> {
    const row = await this.row(id);
    row.settings = { ...row.settings, ...changes };
    row.updatedAt = new Date();
    await this.transactions.run(async (manager, emit) => {
      await manager.save(row);
      const changed = Object.keys(changes);
      await recordAct(emit, { action: 'project.settings_updated', ...ofProject(id), changed });
      await emit(projectUpdated, id, { projectId: id });
    });
    return toProject(row);
  }

  /** The accounts and keys are deleted with the row; the sessions by `sessions`, on the event. */
  async delete(id: string): Promise<{ id: string }> {
    await this.row(id);
    await this.transactions.run(async (manager, emit) => {
      await this.keys.revokeRows(
        manager,
        emit,
        await manager.findBy(ApiKey, { projectId: id, revokedAt: IsNull() }),
      );
      await manager.delete(Project, { id });
      await recordAct(emit, { action: 'project.deleted', ...ofProject(id) });
      await emit(projectDeleted, id, { projectId: id });
    });
    return { id };
  }

  /** The project that the settings' API key belongs to: made at the first start of an installation. */
  async ensureFirst(): Promise<string> {
    const name = 'default';
    const row = { id: newId('project'), name, settings: { displayName: 'Patchbay' } };
    await this.transactions.run(async (manager, emit) => {
      await manager.createQueryBuilder().insert().into(Project).values(row).orIgnore().execute();
      if (!(await manager.existsBy(Project, { id: row.id }))) return;
      await recordAct(emit, { action: 'project.created', ...ofProject(row.id) });
    });
    return (await this.projects.findOneByOrFail({ name })).id;
  }

  async settings(id: string): Promise<ProjectSettings> {
    return toProject(await this.row(id)).settings;
  }

  /** What end users see of who asks for their account. */
  async view(id: string): Promise<{ projectName: string; projectLogo: string | null }> {
    const { name, settings } = toProject(await this.row(id));
    return { projectName: settings.displayName ?? name, projectLogo: settings.logoUrl };
  }

  private async row(id: string): Promise<Project> {
    const row = await this.projects.findOneBy({ id });
    if (!row) throw new AppError('not_found', `There is no project ${id}.`);
    return row;
  }
}

function ofProject(id: string) {
  return { projectId: id, target: { type: 'project', id } } as const;
}

function toProject(row: Project): ProjectView {
  return {
    id: row.id,
    name: row.name,
    settings: ProjectSettings.parse(row.settings),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
