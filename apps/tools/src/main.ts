import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { toolsConfig } from './config.js';

const config = loadConfig(toolsConfig, process.env);
await startService({ name: 'tools', config, module: await AppModule.forRoot(config) });
