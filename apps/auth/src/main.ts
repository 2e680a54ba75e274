import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { authConfig } from './config.js';

const config = loadConfig(authConfig, process.env);
await startService({ name: 'auth', config, module: await AppModule.forRoot(config) });
