import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { gatewayConfig } from './config.js';
import { listenOnHttp } from './server/index.js';

const config = loadConfig(gatewayConfig, process.env);
await startService({
  name: 'gateway',
  config,
  module: await AppModule.forRoot(config),
  listen: (root, bus, logger) => listenOnHttp(root, bus, logger, config),
});
