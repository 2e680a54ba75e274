import { All, Param, Query, Req, Res } from '@nestjs/common';
import { AppError, openMcpInstance, type McpHolder } from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { NotDescribed, PlainController, Wire } from '../http/index.js';
import { HttpExchange, JsonRpcRoute, McpEndpoint, OriginCheck } from '../mcp/index.js';
import { SessionRequests } from '../sessions/index.js';

const HolderQuery = z.object({ user_id: z.string().optional(), connected_account_id: z.string().optional() });
const CACHE = { max: 10_000, ttlMs: 30_000 };

/** The address of an MCP server: a request is served by the session of the user or account that its query names. */
@NotDescribed('the Model Context Protocol, spoken by its clients')
@PlainController({ path: ['mcp/:serverId/mcp', 'mcp/:serverId/http', 'mcp/:serverId/sse'] })
@AccessFor('project')
@Area('session_management')
export class McpServerEndpointController {
  private readonly sessionIds: EventCache<{ sessionId: string }>;

  constructor(
    bus: Bus,
    nats: NatsClient,
    private readonly sessions: SessionRequests,
    private readonly endpoint: McpEndpoint,
    private readonly origins: OriginCheck,
  ) {
    this.sessionIds = new EventCache(nats, {
      ...CACHE,
      load: (key) => {
        const [projectId, id, holder] = JSON.parse(key) as [string, string, McpHolder];
        return bus.request(openMcpInstance, { projectId, id, holder });
      },
    });
  }

  @All()
  @JsonRpcRoute()
  async handle(
    @ProjectId() projectId: string,
    @Param('serverId') serverId: string,
    @Query(new Wire(HolderQuery)) query: z.output<typeof HolderQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const http = new HttpExchange(request, reply);
    this.origins.check(http);
    const key = JSON.stringify([projectId, serverId, holderOf(query)]);
    const { sessionId } = await this.sessionIds.get(key);
    try {
      await this.endpoint.serve(await this.sessions.assignToUser(projectId, sessionId), http);
    } catch (error) {
      // The instance may have been deleted since, and gets a new session with the next request.
      this.sessionIds.drop(key);
      throw error;
    }
  }
}

function holderOf({
  user_id: userId,
  connected_account_id: connectionId,
}: z.output<typeof HolderQuery>): McpHolder {
  if (connectionId) return { connectionId };
  if (userId) return { userId };
  throw new AppError('invalid_request', 'user_id or connected_account_id is required in the address.', {
    suggestion: 'Add user_id or connected_account_id to its query.',
  });
}
