import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query, Req } from '@nestjs/common';
import {
  attachSession,
  createSession,
  deleteSession,
  getSession,
  listFeedback,
  listSessions,
  listSessionVersions,
  updateSession,
  type InputOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import {
  ApiTag,
  Describe,
  OriginPolicy,
  pageAnswer,
  pageQuery,
  PathId,
  presentPage,
  queryMoment,
  Wire,
} from '../http/index.js';
import { RateLimits, userKey } from '../limits/index.js';
import { Idempotent } from '../idempotency/index.js';
import { SessionSnapshots } from './session-snapshots.service.js';
import { AttachSessionBody, CreateSessionBody, PatchSessionBody } from './session.body.js';
import { inWireNames } from './session.issues.js';
import { mcpClients } from './mcp-clients.js';
import { mcpUrl, presentConfig, presentListedSession, presentSession } from './session.presenter.js';
import {
  DeletedSessionAnswer,
  FeedbackAnswer,
  ListedSessionAnswer,
  McpClientsAnswer,
  SessionAnswer,
  SessionVersionAnswer,
} from './session.answer.js';

const ListQuery = z.object(pageQuery(100));
const SessionsQuery = z.object({
  user_id: listSessions.input.shape.userId,
  search: listSessions.input.shape.search.describe('A session’s whole id, or how a user’s id begins.'),
  from: queryMoment.describe('Made from this moment on, in epoch milliseconds.'),
  to: queryMoment.describe('Made before this moment.'),
  ...pageQuery(100),
});

@Controller('tool_router/session')
@AccessFor('project')
@Area('session_management')
@ApiTag('Sessions')
export class SessionsController {
  constructor(
    private readonly bus: Bus,
    private readonly snapshots: SessionSnapshots,
    private readonly limits: RateLimits,
    private readonly origins: OriginPolicy,
  ) {}

  @Describe({
    id: 'createSession',
    summary: 'Create a session',
    description:
      'For one user of your product, by an id of your own. Without further fields it may use every toolkit. A field that is not known is refused by name.',
    answer: SessionAnswer,
    errors: [
      'toolkits_unknown',
      'tool_not_found',
      'tool_not_allowed',
      'pinned_accounts_invalid',
      'no_auth_config',
      'connection_not_found',
      'not_found',
    ],
    example: { body: { user_id: 'user_a', toolkits: { enable: ['github'] } } },
  })
  @Post()
  @Idempotent()
  async create(
    @Req() request: FastifyRequest,
    @ProjectId() projectId: string,
    @Body(new Wire(CreateSessionBody)) body: CreateSessionBody,
  ) {
    // The body has the domain's names by now; its values are checked by the contract, at `sessions`.
    const input = { projectId, ...body } as InputOf<typeof createSession>;
    await this.limits.consume('sessions', projectId);
    await this.limits.consume('user', userKey(projectId, input.userId));
    const session = await inWireNames(() => this.bus.request(createSession, input));
    return presentSession(session, this.origins.urlFor(request));
  }

  /** Ours: the public API has no list of sessions. */
  @Describe({
    id: 'listSessions',
    summary: 'List and search the sessions of the project',
    description:
      'Newest first. A session that was deleted is not among them; its timeline and its calls stay on the record.',
    answer: pageAnswer(ListedSessionAnswer),
  })
  @Get()
  async list(
    @ProjectId() projectId: string,
    @Query(new Wire(SessionsQuery)) query: z.output<typeof SessionsQuery>,
  ) {
    const { user_id: userId, ...rest } = query;
    const page = await this.bus.request(listSessions, { projectId, ...rest, ...(userId && { userId }) });
    return presentPage(page, query.limit, presentListedSession);
  }

  @Describe({
    id: 'getSession',
    summary: 'Get a session',
    answer: SessionAnswer,
    errors: ['session_not_found'],
  })
  @Get(':sessionId')
  async get(
    @Req() request: FastifyRequest,
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
  ) {
    return presentSession(
      await this.bus.request(getSession, { projectId, id }),
      this.origins.urlFor(request),
    );
  }

  /** What to paste where, for people to use the session from their programs. */
  @Describe({
    id: 'listMcpClientSetups',
    summary: 'What to paste where, to use the session from MCP clients',
    description: 'No key is in it: the programs take it from where each says.',
    answer: McpClientsAnswer,
    errors: ['session_not_found'],
  })
  @Get(':sessionId/mcp_clients')
  async mcpClients(
    @Req() request: FastifyRequest,
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') sessionId: string,
  ) {
    const { id } = await this.bus.request(getSession, { projectId, id: sessionId });
    return { clients: mcpClients(mcpUrl(id, this.origins.urlFor(request))) };
  }

  @Describe({
    id: 'attachSession',
    summary: 'Use a session again',
    description: 'Answers the session, with the names that custom tools of this request have in it.',
    answer: SessionAnswer,
    errors: ['session_not_found'],
  })
  @Post(':sessionId/attach')
  @HttpCode(200)
  async attach(
    @Req() request: FastifyRequest,
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Body(new Wire(AttachSessionBody)) body: AttachSessionBody,
  ) {
    const session = await inWireNames(() => this.bus.request(attachSession, { projectId, id, ...body }));
    return presentSession(session, this.origins.urlFor(request));
  }

  @Describe({
    id: 'updateSession',
    summary: 'Change a session',
    description:
      'What is left out stays; null brings a default back. With `expected_config_version` it is refused when somebody else changed the session meanwhile.',
    answer: SessionAnswer,
    errors: [
      'session_not_found',
      'conflict',
      'toolkits_unknown',
      'tool_not_found',
      'tool_not_allowed',
      'pinned_accounts_invalid',
      'no_auth_config',
      'connection_not_found',
      'not_found',
    ],
    example: { body: { toolkits: { enable: ['github', 'slack'] } } },
  })
  @Patch(':sessionId')
  @Idempotent()
  async update(
    @Req() request: FastifyRequest,
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Body(new Wire(PatchSessionBody)) body: PatchSessionBody,
  ) {
    const session = await inWireNames(() => this.bus.request(updateSession, { projectId, id, ...body }));
    this.snapshots.forget(projectId, id);
    return presentSession(session, this.origins.urlFor(request));
  }

  @Describe({
    id: 'listSessionFeedback',
    summary: 'List what a session’s agent said of its tools',
    description:
      'By `COMPOSIO_SUBMIT_FEEDBACK`, which a session with `experimental.submit_feedback.enable` has. Newest first.',
    answer: pageAnswer(FeedbackAnswer),
    errors: ['session_not_found'],
  })
  @Get(':sessionId/feedback')
  async feedback(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>,
  ) {
    const page = await this.bus.request(listFeedback, { projectId, id, ...query });
    return presentPage(page, query.limit, ({ toolSlug, text, logId, createdAt, ...rest }) => ({
      ...rest,
      tool_slug: toolSlug,
      feedback: text,
      log_id: logId,
      created_at: createdAt,
    }));
  }

  @Describe({
    id: 'listSessionVersions',
    summary: 'List the versions of a session’s configuration',
    answer: pageAnswer(SessionVersionAnswer),
    errors: ['session_not_found'],
  })
  @Get(':sessionId/config_history')
  async history(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>,
  ) {
    const { userId, ...page } = await this.bus.request(listSessionVersions, { projectId, id, ...query });
    return presentPage(page, query.limit, ({ version, at, config, isCurrent }) => ({
      version,
      created_at: at,
      config: presentConfig(userId, config),
      is_current: isCurrent,
    }));
  }

  @Describe({
    id: 'deleteSession',
    summary: 'Delete a session',
    description: 'Its MCP endpoint and what runs in it end at once. Accounts stay: they are the user’s.',
    answer: DeletedSessionAnswer,
    errors: ['session_not_found'],
  })
  @Delete(':sessionId')
  @Idempotent()
  @HttpCode(200)
  async delete(@ProjectId() projectId: string, @PathId('sessionId', 'session') id: string) {
    const deleted = await this.bus.request(deleteSession, { projectId, id });
    this.snapshots.forget(projectId, id);
    return { session_id: deleted.id, deleted: true as const };
  }
}
