import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { triggersConfig } from './config.js';

const config = loadConfig(triggersConfig, process.env);
await startService({ name: 'triggers', config, module: AppModule.forRoot(config) });
