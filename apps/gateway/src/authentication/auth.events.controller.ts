import { Controller } from '@nestjs/common';
import {
  apiKeyRevoked,
  consoleSessionsEnded,
  mcpAccessRevoked,
  personUpdated,
  projectDeleted,
  projectUpdated,
  type EventDataOf,
  type EventEnvelope,
} from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { McpTokensService } from '../mcp-access/index.js';
import { LongLivedResponses } from '../long-lived-responses/index.js';
import { ConsoleSessionsService } from './console-sessions.service.js';
import { PrincipalsService } from './principals.service.js';
import { ProjectScopes } from './project-scopes.service.js';
import { UserKeysService } from './user-keys.service.js';

@Controller()
export class AuthEventsController {
  constructor(
    private readonly principals: PrincipalsService,
    private readonly userKeys: UserKeysService,
    private readonly consoleSessions: ConsoleSessionsService,
    private readonly scopes: ProjectScopes,
    private readonly tokens: McpTokensService,
    private readonly longLivedResponses: LongLivedResponses,
  ) {}

  @OnEvent(apiKeyRevoked)
  async onApiKeyRevoked({ data }: EventEnvelope<EventDataOf<typeof apiKeyRevoked>>): Promise<void> {
    this.principals.forget(data.sha256);
    this.userKeys.forget(data.sha256);
    this.longLivedResponses.end('key', data.keyId, 'The key is no longer valid.');
  }

  @OnEvent(consoleSessionsEnded)
  async onConsoleSessionsEnded({
    data,
  }: EventEnvelope<EventDataOf<typeof consoleSessionsEnded>>): Promise<void> {
    for (const { sessionId, sha256 } of data.sessions) {
      this.consoleSessions.forget(sha256);
      this.longLivedResponses.end('key', sessionId, 'The session of the console has ended.');
    }
  }

  @OnEvent(personUpdated)
  async onPersonUpdated({ data }: EventEnvelope<EventDataOf<typeof personUpdated>>): Promise<void> {
    this.userKeys.forgetPerson(data.personId);
    this.consoleSessions.forgetPerson(data.personId);
    for (const { keyId, sha256 } of data.keys) {
      this.userKeys.forget(sha256);
      await this.longLivedResponses.recheck('key', keyId);
    }
  }

  @OnEvent(projectUpdated)
  async onProjectUpdated({ projectId }: EventEnvelope<EventDataOf<typeof projectUpdated>>): Promise<void> {
    this.principals.forgetProject(projectId);
    this.scopes.forgetProject(projectId);
    this.tokens.forgetProject(projectId);
    await this.longLivedResponses.recheck('project', projectId);
  }

  @OnEvent(projectDeleted)
  async onProjectDeleted({ data }: EventEnvelope<EventDataOf<typeof projectDeleted>>): Promise<void> {
    this.principals.forgetProject(data.projectId);
    this.userKeys.forgetProject(data.projectId);
    this.consoleSessions.forgetProject(data.projectId);
    this.scopes.forgetProject(data.projectId);
    this.tokens.forgetProject(data.projectId);
    this.longLivedResponses.end('project', data.projectId, 'The project was deleted.');
  }

  @OnEvent(mcpAccessRevoked)
  async onMcpAccessRevoked({ data }: EventEnvelope<EventDataOf<typeof mcpAccessRevoked>>): Promise<void> {
    this.tokens.forget(data.grantIds);
    for (const id of data.grantIds)
      this.longLivedResponses.end('key', id, 'The access token is no longer valid.');
  }
}
