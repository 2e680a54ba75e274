import { All, Param, Req, Res } from '@nestjs/common';
import { AppError, HookToken, receiveWebhook, ToolkitSlug, type IngressTarget } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../access/index.js';
import { NotDescribed, PathId, PlainController, receivedHeaders, Wire } from '../http/index.js';
import { LimitedBy } from '../limits/index.js';

/** Some ask by HEAD or GET first whether there is somebody. */
const METHODS = ['POST', 'GET', 'HEAD'] as const;

/**
 * Where providers send what happens. No key: each proves itself by its signature, over the very bytes that came, which
 * `triggers` checks.
 */
@NotDescribed('what providers send, each in its own form')
@PlainController()
@AccessFor('anyone')
@LimitedBy('webhooks')
export class WebhookIngressController {
  constructor(private readonly bus: Bus) {}

  @All('webhook_ingress/:toolkit/:endpointId/trigger_event')
  ofApp(
    @Param('toolkit', new Wire(ToolkitSlug)) toolkit: string,
    @PathId('endpointId', 'webhookEndpoint') endpointId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.receive({ toolkit, endpointId }, request, reply);
  }

  @All('trigger_instances/:hook/handle')
  ofHook(
    @Param('hook', new Wire(HookToken)) hookToken: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.receive({ hookToken }, request, reply);
  }

  private async receive(target: IngressTarget, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const method = METHODS.find((one) => one === request.method);
    if (!method)
      throw new AppError('invalid_request', `Webhooks are sent by POST, not by ${request.method}.`);
    const { body } = request;
    const answer = await this.bus.request(receiveWebhook, {
      target,
      method,
      path: request.url,
      headers: receivedHeaders(request),
      bodyBase64: Buffer.isBuffer(body) ? body.toString('base64') : '',
      receivedAt: new Date().toISOString(),
    });
    await reply.status(answer.status).headers(answer.headers).send(answer.body);
  }
}
