import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { EndpointsModule } from '../endpoints/index.js';
import { RegistrationsModule, TriggerInstance } from '../registrations/index.js';
import { AccountStates } from './account-states.service.js';
import { AccountConsumer } from './account.consumer.js';
import { InstanceListService } from './instance-list.service.js';
import { InstancesController } from './instances.controller.js';
import { InstancesService } from './instances.service.js';
import { TriggerAccounts } from './trigger-accounts.service.js';
import { WebhookSetups } from './webhook-setups.service.js';

@Module({
  imports: [EndpointsModule, RegistrationsModule, TypeOrmModule.forFeature([TriggerInstance])],
  controllers: [InstancesController],
  providers: [
    AccountConsumer,
    AccountStates,
    InstanceListService,
    InstancesService,
    TriggerAccounts,
    WebhookSetups,
  ],
})
export class InstancesModule {
  constructor(deletions: Deletions, accounts: AccountStates) {
    deletions.register({ project: (projectId) => accounts.removeProject(projectId) });
  }
}
