import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { workbenchConfig } from './config.js';

await startService({
  name: 'workbench',
  config: loadConfig(workbenchConfig, process.env),
  module: { module: AppModule },
});
