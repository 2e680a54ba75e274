import { Controller } from '@nestjs/common';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  getWebhookSetup,
  listWebhookEndpoints,
  setWebhookEndpointData,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { Receivers } from '../receivers/index.js';
import { EndpointsService } from './endpoints.service.js';

@Controller()
export class EndpointsController {
  constructor(
    private readonly endpoints: EndpointsService,
    private readonly receivers: Receivers,
  ) {}

  @Handle(getWebhookSetup)
  async setup({ toolkit }: InputOf<typeof getWebhookSetup>): Promise<OutputOf<typeof getWebhookSetup>> {
    return { toolkit, fields: this.receivers.setupFields(toolkit) };
  }

  @Handle(createWebhookEndpoint)
  create(input: InputOf<typeof createWebhookEndpoint>): Promise<OutputOf<typeof createWebhookEndpoint>> {
    return this.endpoints.create(input);
  }

  @Handle(listWebhookEndpoints)
  list(input: InputOf<typeof listWebhookEndpoints>): Promise<OutputOf<typeof listWebhookEndpoints>> {
    return this.endpoints.list(input);
  }

  @Handle(getWebhookEndpoint)
  get({ projectId, id }: InputOf<typeof getWebhookEndpoint>): Promise<OutputOf<typeof getWebhookEndpoint>> {
    return this.endpoints.get(projectId, id);
  }

  @Handle(setWebhookEndpointData)
  setData(input: InputOf<typeof setWebhookEndpointData>): Promise<OutputOf<typeof setWebhookEndpointData>> {
    return this.endpoints.setData(input);
  }

  @Handle(deleteWebhookEndpoint)
  delete({
    projectId,
    id,
  }: InputOf<typeof deleteWebhookEndpoint>): Promise<OutputOf<typeof deleteWebhookEndpoint>> {
    return this.endpoints.delete(projectId, id);
  }
}
