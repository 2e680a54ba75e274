import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { gatewayConfig } from './config.js';
import { listenOnHttp } from './http/listen.js';

const config = loadConfig(gatewayConfig, process.env);
await startService({
  name: 'gateway',
  config,
  module: await AppModule.forRoot(config),
  listen: (root, bus, logger) => listenOnHttp(root, bus, logger, config),
});
