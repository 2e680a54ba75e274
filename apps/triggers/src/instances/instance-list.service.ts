import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  type InputOf,
  type listTriggers,
  type OutputOf,
  type TriggerInstance as InstanceView,
} from '@patchbay/contracts';
import { pageByTime } from '@patchbay/database';
import type { Repository } from 'typeorm';
import { TriggerInstance } from '../registrations/index.js';
import { toInstance } from './instance.view.js';

/** Instances as they are read. */
@Injectable()
export class InstanceListService {
  constructor(@InjectRepository(TriggerInstance) private readonly instances: Repository<TriggerInstance>) {}

  async get(projectId: string, id: string): Promise<InstanceView> {
    return toInstance(await this.row(projectId, id));
  }

  /** Newest first. */
  async list({
    projectId,
    includeDisabled,
    limit,
    cursor,
    ...wanted
  }: InputOf<typeof listTriggers>): Promise<OutputOf<typeof listTriggers>> {
    const query = this.instances
      .createQueryBuilder('instance')
      .where('instance.project_id = :projectId', { projectId });
    if (!includeDisabled && !wanted.disabledReasons) query.andWhere('instance.disabled_at IS NULL');
    const among = { ids: 'id', triggerSlugs: 'trigger_slug', toolkits: 'toolkit', userIds: 'user_id' };
    const ofAccounts = { connectionIds: 'connection_id', authConfigIds: 'auth_config_id' };
    const disabled = { disabledReasons: 'disabled_reason' };
    for (const [name, column] of Object.entries({ ...among, ...ofAccounts, ...disabled })) {
      const values = wanted[name as keyof typeof wanted];
      if (values) query.andWhere(`instance.${column} = ANY(:${name})`, { [name]: values });
    }
    const found = await pageByTime(query, 'instance', { limit, cursor });
    return { ...found, items: found.items.map(toInstance) };
  }

  /** The one of the same type, account and config. */
  same(
    key: Pick<TriggerInstance, 'projectId' | 'connectionId' | 'triggerSlug' | 'configSha256'>,
  ): Promise<TriggerInstance | null> {
    return this.instances.findOneBy(key);
  }

  /** @throws AppError `not_found` also for another project's */
  async row(projectId: string, id: string): Promise<TriggerInstance> {
    const row = await this.instances.findOneBy({ projectId, id });
    if (row) return row;
    throw new AppError('not_found', `There is no trigger instance ${id}.`, {
      suggestion: 'GET /api/v3.1/trigger_instances/active?show_disabled=true lists those of the project.',
    });
  }
}
