import { Controller } from '@nestjs/common';
import {
  exchangeMcpGrant,
  getMcpClient,
  grantMcpAccess,
  issueAccessCode,
  registerMcpClient,
  revokeMcpAccess,
  revokeMcpToken,
  verifyMcpToken,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { McpAccessService } from './mcp-access.service.js';
import { McpClientsService } from './mcp-clients.service.js';

@Controller()
export class McpAccessController {
  constructor(
    private readonly access: McpAccessService,
    private readonly clients: McpClientsService,
  ) {}

  @Handle(issueAccessCode)
  issueCode(input: InputOf<typeof issueAccessCode>): Promise<OutputOf<typeof issueAccessCode>> {
    return this.access.issueCode(input);
  }

  @Handle(registerMcpClient)
  async registerClient(
    input: InputOf<typeof registerMcpClient>,
  ): Promise<OutputOf<typeof registerMcpClient>> {
    return this.clients.register(input);
  }

  @Handle(getMcpClient)
  getClient(input: InputOf<typeof getMcpClient>): Promise<OutputOf<typeof getMcpClient>> {
    return this.clients.get(input.clientId, input.redirectUri);
  }

  @Handle(grantMcpAccess)
  grant(input: InputOf<typeof grantMcpAccess>): Promise<OutputOf<typeof grantMcpAccess>> {
    return this.access.grant(input);
  }

  @Handle(exchangeMcpGrant)
  exchange(input: InputOf<typeof exchangeMcpGrant>): Promise<OutputOf<typeof exchangeMcpGrant>> {
    return this.access.exchange(input);
  }

  @Handle(verifyMcpToken)
  verify(input: InputOf<typeof verifyMcpToken>): Promise<OutputOf<typeof verifyMcpToken>> {
    return this.access.verify(input.sha256);
  }

  @Handle(revokeMcpToken)
  revokeToken(input: InputOf<typeof revokeMcpToken>): Promise<OutputOf<typeof revokeMcpToken>> {
    return this.access.revokeToken(input.token);
  }

  @Handle(revokeMcpAccess)
  revokeAll(input: InputOf<typeof revokeMcpAccess>): Promise<OutputOf<typeof revokeMcpAccess>> {
    return this.access.revokeOf(input);
  }
}
