import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { AppError, type CallContext } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, PathId, RequestCallContext, ServerSentEvents, Wire } from '../http/index.js';
import { LongLivedResponses } from '../long-lived-responses/index.js';
import { SessionRequests } from '../sessions/index.js';
import { ModelClient } from './model.client.js';
import { PlaygroundBody, PlaygroundSettings } from './playground.answer.js';
import { PlaygroundService } from './playground.service.js';

const SETTINGS = ['PATCHBAY_MODEL_URL', 'PATCHBAY_MODEL', 'PATCHBAY_MODEL_API_KEY'];
const RUN_LIMIT_MS = 5 * 60_000;

/**
 * What an agent would do in a session, for a person to watch. It is a client of the session as any agent is. A run keeps the place of
 * its request until it ends, unlike a stream that waits: it works, and costs the operator.
 */
@Controller()
@AccessFor('project')
@ApiTag('Playground')
export class PlaygroundController {
  constructor(
    private readonly playground: PlaygroundService,
    private readonly model: ModelClient,
    private readonly sessions: SessionRequests,
    private readonly longLivedResponses: LongLivedResponses,
  ) {}

  @Describe({
    id: 'getPlayground',
    summary: 'Whether there is a model for the playground',
    answer: PlaygroundSettings,
  })
  @Get('playground')
  @Area('tool_execution', 'read')
  settings() {
    return { model: this.model.model, settings: SETTINGS };
  }

  @Describe({
    id: 'runPlayground',
    summary: 'Let the operator’s model work in a session',
    description:
      'Server-sent events until it is done: `tools` (which it was shown), `text` (a piece of what it says), `message` (all that it said in a turn), `call` and `result` of each tool, and `end` with a `reason` of `done`, `limit`, `failed` or `stopped`. A client that hangs up stops it. A run takes 24 turns, 60 calls and five minutes at most. Nothing is kept: the next run is given the messages again, each call’s `result.content` as a message of the `tool`. The calls are on the record as all are.',
    errors: ['session_not_found', 'invalid_request'],
    answers: { 200: { description: 'Events, until it is done.', type: 'text/event-stream' } },
    example: { body: { messages: [{ role: 'user', content: 'What time is it in Tokyo?' }] } },
  })
  @Post('tool_router/session/:sessionId/playground')
  @HttpCode(200)
  @Area('tool_execution')
  async run(
    @ProjectId() projectId: string,
    @RequestCallContext() context: CallContext,
    @PathId('sessionId', 'session') sessionId: string,
    @Body(new Wire(PlaygroundBody)) { messages }: z.output<typeof PlaygroundBody>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const session = await this.sessions.assignToUser(projectId, sessionId);
    if (this.model.model === null)
      throw new AppError('invalid_request', 'No model is set up for the playground.', {
        suggestion: `The operator sets ${SETTINGS.join(', ')}.`,
      });
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    reply.hijack();
    const stream = new ServerSentEvents(reply.raw);
    stream.open();
    this.longLivedResponses.hold(request, {
      response: reply.raw,
      sessionId,
      end: (reason) => {
        left.abort();
        stream.end('stopped', { message: reason });
      },
    });
    const { reason, message } = await this.playground.run({
      session,
      messages,
      context,
      signal: AbortSignal.any([left.signal, AbortSignal.timeout(RUN_LIMIT_MS)]),
      tell: (name, event) => stream.send(name, event),
    });
    const isLate = reason === 'stopped' && !left.signal.aborted;
    if (isLate) stream.end('limit', { message: 'It took five minutes.' });
    else stream.end(reason, { message });
  }
}
