import { Controller } from '@nestjs/common';
import {
  createApiKey,
  revokeApiKey,
  revokeLeakedKeys,
  rotateApiKeys,
  verifyApiKey,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ApiKeysService } from './api-keys.service.js';

@Controller()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Handle(verifyApiKey)
  verify(input: InputOf<typeof verifyApiKey>): Promise<OutputOf<typeof verifyApiKey>> {
    return this.keys.verify(input.sha256);
  }

  @Handle(createApiKey)
  create(input: InputOf<typeof createApiKey>): Promise<OutputOf<typeof createApiKey>> {
    return this.keys.issue(input);
  }

  @Handle(rotateApiKeys)
  rotate(input: InputOf<typeof rotateApiKeys>): Promise<OutputOf<typeof rotateApiKeys>> {
    return this.keys.rotate(input.projectId);
  }

  @Handle(revokeApiKey)
  revoke(input: InputOf<typeof revokeApiKey>): Promise<OutputOf<typeof revokeApiKey>> {
    return this.keys.revoke(input.projectId, input.keyId);
  }

  @Handle(revokeLeakedKeys)
  revokeLeaked(input: InputOf<typeof revokeLeakedKeys>): Promise<OutputOf<typeof revokeLeakedKeys>> {
    return this.keys.revokeLeaked(input.sha256);
  }
}
