import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { logsConfig } from './config.js';

const config = loadConfig(logsConfig, process.env);
await startService({ name: 'logs', config, module: AppModule.forRoot(config) });
