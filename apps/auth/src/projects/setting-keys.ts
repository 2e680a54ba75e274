import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LOGGER, newContext, runInContext, type Logger } from '@patchbay/service';
import type { AuthServiceConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { ApiKeysService } from './api-keys.service.js';
import { ProjectsService } from './projects.service.js';

/** The keys of the settings work from the first request on. */
@Injectable()
export class SettingKeys implements OnApplicationBootstrap {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly projects: ProjectsService,
    @Inject(CONFIG) private readonly config: AuthServiceConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { PATCHBAY_API_KEY: apiKey, PATCHBAY_ORG_API_KEY: orgKey } = this.config;
    if (apiKey) await this.keep('PATCHBAY_API_KEY', apiKey, () => this.projects.ensureFirst());
    if (orgKey) await this.keep('PATCHBAY_ORG_API_KEY', orgKey, () => Promise.resolve(null));
  }

  /** A revoked key does not come back, nor does its project; the other keys go on working, so the start does too. */
  private async keep(setting: string, key: string, projectId: () => Promise<string | null>): Promise<void> {
    const outcome = (await this.keys.isRevoked(key))
      ? 'revoked'
      : await bySetting(setting, async () => this.keys.keepFromSetting(setting, await projectId(), key));
    if (outcome === 'kept') return;
    this.logger.error(
      { setting },
      `${setting} holds an API key that was revoked: it stays revoked, and the setting is ignored. ` +
        'Put a new key there and start again; one that npm start made stands in secrets.json of PATCHBAY_HOME, ' +
        'and is created again when it is removed from there.',
    );
  }
}

/** What a start does is the operator's doing: the audit names the setting. */
function bySetting<T>(name: string, work: () => Promise<T>): Promise<T> {
  const actor = { kind: 'setting', keyId: null, name } as const;
  return runInContext(newContext({ actor, deadline: Infinity }), work);
}
