import { Module } from '@nestjs/common';
import { installedReceivers } from '@patchbay/toolkits/webhooks';
import type { TriggersConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { Receivers } from './receivers.js';

@Module({
  providers: [
    {
      provide: Receivers,
      inject: [CONFIG],
      useFactory: async (config: Pick<TriggersConfig, 'PATCHBAY_TOOLKITS_MODULE'>) =>
        new Receivers(await installedReceivers(config)),
    },
  ],
  exports: [Receivers],
})
export class ReceiversModule {}
