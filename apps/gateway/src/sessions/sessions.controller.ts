import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { createSession, deleteSession, getSession, updateSession, type InputOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, ProjectId } from '../access/access.js';
import { Wire } from '../http/wire.js';
import { CONFIG } from '../tokens.js';
import { CreateSessionBody, PatchSessionBody } from './session.body.js';
import { presentSession } from './session.presenter.js';

@Controller('tool_router/session')
@AccessFor('project')
export class SessionsController {
  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: { PUBLIC_URL: string },
  ) {}

  @Post()
  async create(@ProjectId() projectId: string, @Body(new Wire(CreateSessionBody)) body: CreateSessionBody) {
    // `config` has the domain's names by now; its values are checked by the contract, at `sessions`.
    const config = body.config as InputOf<typeof createSession>['config'];
    const session = await this.bus.request(createSession, { projectId, userId: body.userId, config });
    return presentSession(session, this.config.PUBLIC_URL);
  }

  @Get(':sessionId')
  async get(@ProjectId() projectId: string, @Param('sessionId') id: string) {
    return presentSession(await this.bus.request(getSession, { projectId, id }), this.config.PUBLIC_URL);
  }

  @Patch(':sessionId')
  async update(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Body(new Wire(PatchSessionBody)) body: PatchSessionBody,
  ) {
    const session = await this.bus.request(updateSession, { projectId, id, ...body });
    return presentSession(session, this.config.PUBLIC_URL);
  }

  @Delete(':sessionId')
  @HttpCode(200)
  async delete(@ProjectId() projectId: string, @Param('sessionId') id: string) {
    const deleted = await this.bus.request(deleteSession, { projectId, id });
    return { session_id: deleted.id, deleted: true };
  }
}
