import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { ConnectionDetail, InputOf, listConnections, OutputOf } from '@patchbay/contracts';
import { pageByTime } from '@patchbay/database';
import { connectionFieldsOf } from '@patchbay/toolkits';
import type { Repository } from 'typeorm';
import {
  Connection,
  ConnectionStore,
  CredentialVault,
  INITIATION_LIMIT_MS,
  toConnection,
} from '../accounts/index.js';
import { ProjectsService } from '../projects/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { describeCredential, type Masking } from './connection.state.js';

@Injectable()
export class ConnectionsService {
  constructor(
    @InjectRepository(Connection) private readonly connections: Repository<Connection>,
    private readonly projects: ProjectsService,
    private readonly store: ConnectionStore,
    private readonly toolkits: ToolkitRegistry,
    private readonly vault: CredentialVault,
  ) {}

  async get(projectId: string, id: string): Promise<ConnectionDetail> {
    return this.toDetail(await this.store.row(projectId, id), await this.maskingOf(projectId));
  }

  async list(input: InputOf<typeof listConnections>): Promise<OutputOf<typeof listConnections>> {
    const query = this.connections
      .createQueryBuilder('connection')
      .innerJoinAndSelect('connection.authConfig', 'config')
      .where('connection.project_id = :projectId', { projectId: input.projectId });
    const filters = {
      user_id: input.userIds,
      toolkit: input.toolkits,
      auth_config_id: input.authConfigIds,
      id: input.ids,
      account_type: input.accountType === 'ALL' ? undefined : [input.accountType],
    };
    for (const [column, values] of Object.entries(filters)) {
      if (values) query.andWhere(`connection.${column} = ANY(:${column})`, { [column]: values });
    }
    if (input.statuses) query.andWhere(`${STATUS_NOW_SQL} = ANY(:statuses)`, { statuses: input.statuses });
    const page = await pageByTime(query, 'connection', input, {
      by: input.orderBy,
      ascending: input.ascending,
    });
    if (!input.withState)
      return { ...page, items: page.items.map((row) => ({ ...toConnection(row), state: {} })) };
    const masking = await this.maskingOf(input.projectId);
    return { ...page, items: page.items.map((row) => this.toDetail(row, masking)) };
  }

  private async maskingOf(projectId: string): Promise<Masking> {
    return (await this.projects.settings(projectId)).maskSecrets ? 'most' : 'none';
  }

  toDetail(row: Connection, projectMasking: Masking): ConnectionDetail {
    const view = toConnection(row);
    const credential =
      view.status === 'ACTIVE' || view.status === 'INACTIVE' ? this.vault.open(row) : undefined;
    if (!credential) return { ...view, state: {} };
    const spec = this.toolkits.get(row).auth?.find(({ scheme }) => scheme === row.authConfig.authScheme);
    const secrets = new Set(
      (spec ? connectionFieldsOf(spec) : []).filter(({ secret }) => secret).map(({ name }) => name),
    );
    const masking = row.authConfig.isManaged ? 'all' : projectMasking;
    return { ...view, state: describeCredential(credential, (name) => secrets.has(name), masking) };
  }
}

/** `statusNow` in the database's words, for filtering. */
const STATUS_NOW_SQL = `CASE
  WHEN connection.status IN ('INITIALIZING', 'INITIATED')
    AND connection.created_at < now() - interval '${INITIATION_LIMIT_MS} milliseconds'
  THEN 'EXPIRED' ELSE connection.status END`;
