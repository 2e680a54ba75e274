import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  type createProject,
  type InputOf,
  type listProjects,
  type OutputOf,
  type Project as ProjectView,
} from '@patchbay/contracts';
import { pageByNewest, Transactions, violatedIndex } from '@patchbay/database';
import type { Repository } from 'typeorm';
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
    const project = { id: newId('project'), name: input.name, displayName: null, createdAt: new Date() };
    try {
      return await this.transactions.run(async (manager) => {
        await manager.insert(Project, project);
        const apiKey = input.createApiKey ? await this.keys.create(manager, project.id, 'first key') : null;
        return { project: toProject(project), apiKey };
      });
    } catch (error) {
      if (violatedIndex(error) !== 'projects_name') throw error;
      throw new AppError('conflict', `A project named ${input.name} exists already.`, { cause: error });
    }
  }

  async list(input: InputOf<typeof listProjects>): Promise<OutputOf<typeof listProjects>> {
    const page = await pageByNewest(this.projects.createQueryBuilder('project'), 'project', input);
    return { ...page, items: page.items.map(toProject) };
  }

  /** The project that the settings' API key belongs to: made at the first start of an installation. */
  async ensureFirst(): Promise<string> {
    const name = 'default';
    await this.projects
      .createQueryBuilder()
      .insert()
      .values({ id: newId('project'), name, displayName: 'Patchbay' })
      .orIgnore()
      .execute();
    return (await this.projects.findOneByOrFail({ name })).id;
  }

  /** What end users see as the name of who asks for their account. */
  async displayName(id: string): Promise<string> {
    const project = await this.projects.findOneByOrFail({ id });
    return project.displayName ?? project.name;
  }
}

function toProject(row: Project): ProjectView {
  return {
    id: row.id,
    name: row.name,
    displayName: row.displayName,
    createdAt: row.createdAt.toISOString(),
  };
}
