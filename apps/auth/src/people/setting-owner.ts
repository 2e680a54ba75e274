import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LOGGER, type Logger } from '@patchbay/service';
import type { AuthServiceConfig } from '../config.js';
import { bySetting, REVOKED_SETTING } from '../projects/index.js';
import { CONFIG } from '../settings.module.js';
import { PeopleService } from './people.service.js';
import { UserKeysService } from './user-keys.service.js';

const SETTING = 'PATCHBAY_USER_API_KEY';

/** The first person is the one whose key stands in the settings. */
@Injectable()
export class SettingOwner implements OnApplicationBootstrap {
  constructor(
    private readonly people: PeopleService,
    private readonly keys: UserKeysService,
    @Inject(CONFIG)
    private readonly config: Pick<AuthServiceConfig, 'PATCHBAY_USER_API_KEY' | 'PATCHBAY_OWNER_EMAIL'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { PATCHBAY_USER_API_KEY: key, PATCHBAY_OWNER_EMAIL: email } = this.config;
    if (!key) return;
    // Its person does not come back for a revoked key.
    const outcome = (await this.keys.isRevoked(key))
      ? 'revoked'
      : await bySetting(SETTING, async () =>
          this.keys.keepFromSetting(SETTING, await this.people.ensureOwner(email), key),
        );
    if (outcome === 'revoked') this.logger.error({ setting: SETTING }, `${SETTING} ${REVOKED_SETTING}`);
  }
}
