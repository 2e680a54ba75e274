import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, lastingCredentialOf, ProjectId, type LastingCredential } from '../access/index.js';
import type { GatewayConfig } from '../config.js';
import { ApiTag, Describe, Wire } from '../http/index.js';
import { CONFIG } from '../settings.module.js';
import { isChannelOf } from './channels.js';
import { clusterFor } from './realtime-address.js';
import { RealtimeKeys } from './realtime-keys.service.js';

const AuthBody = z.object({
  socket_id: z
    .string()
    .regex(/^\d{1,20}\.\d{1,20}$/, 'must be the id that the connection was given, as 123.456')
    .describe('The id that the connection was given when it was opened.'),
  channel_name: z
    .string()
    .max(200)
    .describe('`private-{project_id}_triggers`, or `private-cli-{project_id}`.'),
});

const CredentialsAnswer = z.object({
  pusher_key: z.string().describe('The application key of the Pusher protocol.'),
  project_id: z.string(),
  pusher_cluster: z.string().describe('Where an official SDK finds this server in it.'),
});
const AuthAnswer = z.object({
  auth: z.string().describe('`{pusher_key}:{signature}`, for this connection alone.'),
});

const TLS_NEEDED = new AppError(
  'public_url_required',
  'Realtime needs TLS: the official SDKs connect to wss:// addresses alone, and PUBLIC_URL of this server is http.',
  {
    suggestion:
      'Set PUBLIC_URL to an https address, or read GET /api/v3.1/triggers/events/tail, which sends the same events over HTTP.',
  },
);

/**
 * How a client of the Pusher protocol is let in: it asks where to connect, and for a signature for its channel. Both
 * are of `triggers` to read, as every subscriber is sent all events of the project.
 */
@Controller()
@AccessFor('project')
@Area('triggers', 'read')
@ApiTag('Triggers')
export class RealtimeController {
  private readonly cluster: string | undefined;

  constructor(
    private readonly keys: RealtimeKeys,
    @Inject(CONFIG) { PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {
    this.cluster = clusterFor(PUBLIC_URL);
  }

  @Describe({
    id: ['getRealtimeCredentials', 'getCliRealtimeCredentials'],
    summary: 'Get where to connect for events as they happen',
    description:
      'For `triggers.subscribe()` of the official SDKs and other clients of the Pusher protocol, version 7. Anything else that speaks HTTP takes the events from `GET /triggers/events/tail`. Without an `https` address in `PUBLIC_URL` this is refused with 501.',
    answer: CredentialsAnswer,
    errors: ['public_url_required'],
  })
  @Get(['internal/sdk/realtime/credentials', 'cli/realtime/credentials'])
  credentials(@ProjectId() projectId: string, @Req() request: FastifyRequest) {
    if (this.cluster === undefined) throw TLS_NEEDED;
    const key = this.keys.keyFor(credentialOf(request));
    return { pusher_key: key, project_id: projectId, pusher_cluster: this.cluster };
  }

  /** Clients of the protocol take nothing for a success but 200. */
  @Describe({
    id: ['authorizeRealtime', 'authorizeCliRealtime'],
    summary: 'Get a signature for a channel',
    description: 'The body may be a form or JSON.',
    answer: AuthAnswer,
    errors: ['forbidden'],
    example: { body: { socket_id: '123.456', channel_name: 'private-proj_4dE2xQ_triggers' } },
  })
  @Post(['internal/sdk/realtime/auth', 'cli/realtime/auth'])
  @HttpCode(200)
  authorize(
    @ProjectId() projectId: string,
    @Body(new Wire(AuthBody)) { socket_id: socketId, channel_name: channel }: z.output<typeof AuthBody>,
    @Req() request: FastifyRequest,
  ) {
    if (!isChannelOf(projectId, channel)) {
      throw new AppError('forbidden', 'The channel is not one of your project.', {
        suggestion: 'Its name has the project_id that the credentials came with.',
      });
    }
    return { auth: this.keys.authorize(this.keys.keyFor(credentialOf(request)), socketId, channel) };
  }
}

function credentialOf(request: FastifyRequest): LastingCredential {
  const credential = lastingCredentialOf(request);
  if (credential) return credential;
  throw new AppError('forbidden', 'Realtime takes an API key, or the key of a person.');
}
