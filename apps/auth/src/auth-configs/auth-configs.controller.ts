import { Controller } from '@nestjs/common';
import {
  checkAuthConfig,
  createAuthConfig,
  deleteAuthConfig,
  getAuthConfig,
  listAuthConfigs,
  setAuthConfigEnabled,
  updateAuthConfig,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { AuthConfigsService } from './auth-configs.service.js';
import { ConfigCheckService } from './config-check.service.js';
import { ConfigLifecycleService } from './config-lifecycle.service.js';

@Controller()
export class AuthConfigsController {
  constructor(
    private readonly configs: AuthConfigsService,
    private readonly lifecycle: ConfigLifecycleService,
    private readonly checks: ConfigCheckService,
  ) {}

  @Handle(createAuthConfig)
  create(input: InputOf<typeof createAuthConfig>): Promise<OutputOf<typeof createAuthConfig>> {
    return this.configs.create(input);
  }

  @Handle(listAuthConfigs)
  list(input: InputOf<typeof listAuthConfigs>): Promise<OutputOf<typeof listAuthConfigs>> {
    return this.configs.list(input);
  }

  @Handle(getAuthConfig)
  get(input: InputOf<typeof getAuthConfig>): Promise<OutputOf<typeof getAuthConfig>> {
    return this.configs.get(input.projectId, input.id);
  }

  @Handle(checkAuthConfig)
  check({ projectId, id }: InputOf<typeof checkAuthConfig>): Promise<OutputOf<typeof checkAuthConfig>> {
    return this.checks.check(projectId, id);
  }

  @Handle(updateAuthConfig)
  update(input: InputOf<typeof updateAuthConfig>): Promise<OutputOf<typeof updateAuthConfig>> {
    return this.configs.update(input);
  }

  @Handle(setAuthConfigEnabled)
  setEnabled(input: InputOf<typeof setAuthConfigEnabled>): Promise<OutputOf<typeof setAuthConfigEnabled>> {
    return this.lifecycle.setEnabled(input);
  }

  @Handle(deleteAuthConfig)
  delete(input: InputOf<typeof deleteAuthConfig>): Promise<OutputOf<typeof deleteAuthConfig>> {
    return this.lifecycle.delete(input);
  }
}
