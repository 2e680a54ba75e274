import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { workbenchConfig } from './config.js';

const config = loadConfig(workbenchConfig, process.env);
await startService({ name: 'workbench', config, module: await AppModule.forRoot(config) });
