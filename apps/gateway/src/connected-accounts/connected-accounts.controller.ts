import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ConnectionStatus, deleteConnection, getConnection, listConnections } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, ProjectId } from '../auth/access.js';
import { presentPage } from '../http/page.presenter.js';
import { pageQuery, queryList, Wire } from '../http/wire.js';
import { presentConnectedAccount } from './connected-account.presenter.js';

const ListQuery = z.object({
  ...pageQuery(100),
  user_ids: queryList,
  toolkit_slugs: queryList,
  auth_config_ids: queryList,
  connected_account_ids: queryList,
  statuses: queryList.pipe(z.array(ConnectionStatus).optional()),
});

@Controller('connected_accounts')
@AccessFor('project')
export class ConnectedAccountsController {
  constructor(private readonly bus: Bus) {}

  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const page = await this.bus.request(listConnections, {
      projectId,
      userIds: query.user_ids,
      toolkits: query.toolkit_slugs,
      authConfigIds: query.auth_config_ids,
      ids: query.connected_account_ids,
      statuses: query.statuses,
      limit: query.limit,
      cursor: query.cursor,
    });
    return presentPage(page, query.limit, presentConnectedAccount);
  }

  @Get(':id')
  async get(@ProjectId() projectId: string, @Param('id') id: string) {
    return presentConnectedAccount(await this.bus.request(getConnection, { projectId, id }));
  }

  @Delete(':id')
  async delete(@ProjectId() projectId: string, @Param('id') id: string) {
    await this.bus.request(deleteConnection, { projectId, id });
    return { success: true };
  }
}
