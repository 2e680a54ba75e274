import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { triggersConfig } from './config.js';
import { unwrappedEnvironment } from './unwrapped-environment.js';

const config = loadConfig(triggersConfig, await unwrappedEnvironment());
await startService({ name: 'triggers', config, module: AppModule.forRoot(config) });
