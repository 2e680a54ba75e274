import { Module } from '@nestjs/common';
import { AskModelHelper } from './ask-model.helper.js';
import { GatewayClient } from './gateway.client.js';
import { HELPERS, type Helper } from './helper.js';
import { HelpersService } from './helpers.service.js';
import { ProxyHelper } from './proxy.helper.js';
import { PublishHelper } from './publish.helper.js';
import { RunToolHelper } from './run-tool.helper.js';
import { WebSearchHelper } from './web-search.helper.js';

const helpers = [RunToolHelper, ProxyHelper, PublishHelper, AskModelHelper, WebSearchHelper];

@Module({
  providers: [
    ...helpers,
    { provide: HELPERS, useFactory: (...all: Helper[]) => all, inject: helpers },
    GatewayClient,
    HelpersService,
  ],
  exports: [HelpersService],
})
export class HelpersModule {}
