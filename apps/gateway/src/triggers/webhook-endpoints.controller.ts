import { Body, Controller, Delete, Get, HttpCode, Inject, Patch, Post, Query, Res } from '@nestjs/common';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  getWebhookSetup,
  listWebhookEndpoints,
  setWebhookEndpointData,
  ToolkitSlug,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import type { GatewayConfig } from '../config.js';
import { ApiTag, Describe, PathId, Wire } from '../http/index.js';
import { CONFIG } from '../settings.module.js';
import {
  DeletedEndpointAnswer,
  WebhookEndpointAnswer,
  WebhookEndpointsAnswer,
  WebhookSetupAnswer,
} from './webhook-endpoint.answer.js';
import { presentEndpoint, presentSetupFields } from './webhook-endpoint.presenter.js';

const SetupQuery = z.object({ toolkit_slug: ToolkitSlug });
const ListQuery = z.object({
  toolkit_slug: z
    .string()
    .max(100)
    .optional()
    .transform((slug) => slug?.toLowerCase() || undefined),
});
const CreateBody = z.object({
  toolkit_slug: ToolkitSlug,
  client_id: z.string().min(1).max(500).regex(/\S/, 'must not be blank').trim(),
});
const DataBody = z.strictObject({ data: z.record(z.string().max(100), z.string().min(1).max(5_000)) });
type DataBody = z.output<typeof DataBody>;

const ENDPOINT = { id: 'The webhook endpoint, `we_…`.' };
const SLACK_DATA = { data: { webhook_signing_secret: '8f742231b10e8888abcd99yyyzzz85a5' } };

/** Where providers post for OAuth apps of a project's own. */
@Controller('webhook_endpoints')
@AccessFor('project')
@Area('webhooks')
@ApiTag('Webhook endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  @Describe({
    id: 'getWebhookEndpointSchema',
    summary: 'Get what a webhook endpoint of a toolkit has to be given',
    answer: WebhookSetupAnswer,
    errors: ['toolkit_not_found', 'not_found'],
  })
  @Get('schema')
  async schema(
    @ProjectId() projectId: string,
    @Query(new Wire(SetupQuery)) { toolkit_slug: toolkit }: z.output<typeof SetupQuery>,
  ) {
    const setup = await this.bus.request(getWebhookSetup, { projectId, toolkit });
    return { toolkit_slug: setup.toolkit, setup_fields: presentSetupFields(setup.fields) };
  }

  @Describe({
    id: 'listWebhookEndpoints',
    summary: 'List webhook endpoints',
    answer: WebhookEndpointsAnswer,
  })
  @Get()
  async list(
    @ProjectId() projectId: string,
    @Query(new Wire(ListQuery)) { toolkit_slug: toolkit }: z.output<typeof ListQuery>,
  ) {
    const { items } = await this.bus.request(listWebhookEndpoints, { projectId, toolkit });
    return {
      items: items.map(({ id, toolkit: slug, clientId }) => ({
        id,
        toolkit_slug: slug,
        client_id: clientId,
      })),
    };
  }

  @Describe({
    id: 'createWebhookEndpoint',
    summary: 'Make the webhook endpoint of an OAuth app, or find it',
    description:
      'Enter `webhook_url` at the provider, and give the endpoint the fields that its schema asks for.',
    answer: WebhookEndpointAnswer,
    answers: {
      200: { description: 'It was there already, and is as it was.', schema: WebhookEndpointAnswer },
    },
    errors: ['toolkit_not_found', 'not_found'],
    example: { body: { toolkit_slug: 'slack', client_id: '12345.67890' } },
  })
  @Post()
  async create(
    @ProjectId() projectId: string,
    @Body(new Wire(CreateBody)) body: z.output<typeof CreateBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { toolkit_slug: toolkit, client_id: clientId } = body;
    const { endpoint, created } = await this.bus.request(createWebhookEndpoint, {
      projectId,
      toolkit,
      clientId,
    });
    void reply.status(created ? 201 : 200);
    return presentEndpoint(endpoint, this.config.PUBLIC_URL);
  }

  @Describe({
    id: 'getWebhookEndpoint',
    summary: 'Get a webhook endpoint',
    path: ENDPOINT,
    answer: WebhookEndpointAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(@ProjectId() projectId: string, @PathId('id', 'webhookEndpoint') id: string) {
    return presentEndpoint(
      await this.bus.request(getWebhookEndpoint, { projectId, id }),
      this.config.PUBLIC_URL,
    );
  }

  @Describe({
    id: 'replaceWebhookEndpointData',
    summary: 'Give a webhook endpoint its fields',
    description: 'All of them: what is not sent is gone.',
    path: ENDPOINT,
    answer: WebhookEndpointAnswer,
    errors: ['not_found'],
    example: { body: SLACK_DATA },
  })
  @Post(':id')
  @HttpCode(200)
  replace(
    @ProjectId() projectId: string,
    @PathId('id', 'webhookEndpoint') id: string,
    @Body(new Wire(DataBody)) { data }: DataBody,
  ) {
    return this.setData({ projectId, id, data, merge: false });
  }

  @Describe({
    id: 'updateWebhookEndpointData',
    summary: 'Change fields of a webhook endpoint',
    description: 'What is not sent stays.',
    path: ENDPOINT,
    answer: WebhookEndpointAnswer,
    errors: ['not_found'],
    example: { body: SLACK_DATA },
  })
  @Patch(':id')
  update(
    @ProjectId() projectId: string,
    @PathId('id', 'webhookEndpoint') id: string,
    @Body(new Wire(DataBody)) { data }: DataBody,
  ) {
    return this.setData({ projectId, id, data, merge: true });
  }

  @Describe({
    id: 'deleteWebhookEndpoint',
    summary: 'Delete a webhook endpoint',
    description: 'What the provider sends to its address is refused from then on.',
    path: ENDPOINT,
    answer: DeletedEndpointAnswer,
    errors: ['not_found'],
  })
  @Delete(':id')
  async delete(@ProjectId() projectId: string, @PathId('id', 'webhookEndpoint') id: string) {
    await this.bus.request(deleteWebhookEndpoint, { projectId, id });
    return { id, success: true as const };
  }

  private async setData(change: {
    projectId: string;
    id: string;
    data: Record<string, string>;
    merge: boolean;
  }) {
    return presentEndpoint(await this.bus.request(setWebhookEndpointData, change), this.config.PUBLIC_URL);
  }
}
