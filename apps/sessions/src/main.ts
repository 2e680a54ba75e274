import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { sessionsConfig } from './config.js';

const config = loadConfig(sessionsConfig, process.env);
await startService({ name: 'sessions', config, module: AppModule.forRoot(config) });
