import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { ReceiversModule } from '../receivers/index.js';
import { VaultModule } from '../vault/index.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointsService } from './endpoints.service.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';

@Module({
  imports: [ReceiversModule, TypeOrmModule.forFeature([WebhookEndpoint]), VaultModule],
  controllers: [EndpointsController],
  providers: [EndpointsService],
  exports: [EndpointsService],
})
export class EndpointsModule {
  constructor(deletions: Deletions, endpoints: EndpointsService) {
    deletions.register({ project: (projectId) => endpoints.deleteAllOf(projectId) });
  }
}
