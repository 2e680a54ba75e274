import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  SessionScope,
  type createSavedConfig,
  type getSavedConfig,
  type InputOf,
  type listSavedConfigs,
  type OutputOf,
  type SavedConfig as SavedConfigView,
  type SavedConfigSummary,
  type updateSavedConfig,
} from '@patchbay/contracts';
import { pageByTime, Transactions, violatedIndex } from '@patchbay/database';
import { fieldsGiven } from '@patchbay/service';
import type { Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { ConfigValidator } from '../config-validation/index.js';
import { SavedConfig } from './saved-config.entity.js';

/** Scopes that a project keeps under names, for its sessions to take. */
@Injectable()
export class SavedConfigsService {
  constructor(
    @InjectRepository(SavedConfig) private readonly configs: Repository<SavedConfig>,
    private readonly transactions: Transactions,
    private readonly validator: ConfigValidator,
  ) {}

  async create(input: InputOf<typeof createSavedConfig>): Promise<SavedConfigView> {
    await this.validator.validateScope(input.projectId, input.scope);
    const now = new Date();
    const row = { ...input, id: newId('savedConfig'), archived: false, createdAt: now, updatedAt: now };
    await this.write(row.name, () =>
      this.transactions.run(async (manager, emit) => {
        await manager.insert(SavedConfig, row);
        const changed = fieldsGiven(input);
        await recordAct(emit, { action: 'session_config.created', ...ofConfig(row), changed });
      }),
    );
    return toSavedConfig(row);
  }

  async get({ projectId, id }: InputOf<typeof getSavedConfig>): Promise<SavedConfigView> {
    return toSavedConfig(await this.find(projectId, id));
  }

  async list({
    projectId,
    archived,
    search,
    ...page
  }: InputOf<typeof listSavedConfigs>): Promise<OutputOf<typeof listSavedConfigs>> {
    const query = this.configs
      .createQueryBuilder('config')
      .where('config.project_id = :projectId AND config.archived = :archived', { projectId, archived });
    if (search) query.andWhere('strpos(lower(config.name), lower(:search)) > 0', { search });
    const found = await pageByTime(query, 'config', page);
    return { ...found, items: found.items.map(toSummary) };
  }

  async update({ projectId, id, changes }: InputOf<typeof updateSavedConfig>): Promise<SavedConfigView> {
    if (changes.scope) await this.validator.validateScope(projectId, changes.scope);
    return this.write(changes.name, () =>
      this.transactions.run(async (manager, emit) => {
        const row = await manager.findOne(SavedConfig, {
          where: { projectId, id },
          lock: { mode: 'pessimistic_write' },
        });
        if (!row) throw notFound(id);
        Object.assign(row, changes, { updatedAt: new Date() });
        await manager.save(row);
        const changed = fieldsGiven(changes);
        await recordAct(emit, { action: 'session_config.updated', ...ofConfig(row), changed });
        return toSavedConfig(row);
      }),
    );
  }

  /**
   * What a session takes of it.
   * @throws AppError `not_found` also for one that is archived or another project's: a session without it would be allowed more
   */
  async scopeOf(projectId: string, id: string): Promise<SessionScope> {
    const { archived, scope } = await this.find(projectId, id);
    if (!archived) return SessionScope.parse(scope);
    throw new AppError('not_found', `The session config ${id} is archived.`, {
      suggestion:
        'Take another one, or bring it back: PATCH /api/v3.1/session_configs/{id} with archived: false.',
    });
  }

  async deleteAllOf(projectId: string): Promise<void> {
    await this.configs.delete({ projectId });
  }

  private async find(projectId: string, id: string): Promise<SavedConfig> {
    const row = await this.configs.findOneBy({ projectId, id });
    if (!row) throw notFound(id);
    return row;
  }

  private async write<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (violatedIndex(error) !== 'saved_configs_name') throw error;
      throw new AppError('conflict', `The project has a session config with the name ${name} already.`, {
        suggestion: 'Choose another name, or rename that one. An archived one keeps its name too.',
        cause: error,
      });
    }
  }
}

function notFound(id: string): AppError {
  return new AppError('not_found', `There is no session config ${id}.`, {
    suggestion: 'GET /api/v3.1/session_configs lists those of the project.',
  });
}

function ofConfig({ id, projectId }: Pick<SavedConfig, 'id' | 'projectId'>) {
  return { projectId, target: { type: 'session_config', id } } as const;
}

function toSummary({ id, name, archived, createdAt, updatedAt }: SavedConfig): SavedConfigSummary {
  return { id, name, archived, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

function toSavedConfig(row: SavedConfig): SavedConfigView {
  return { ...toSummary(row), description: row.description, scope: SessionScope.parse(row.scope) };
}
