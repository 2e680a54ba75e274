import { loadConfig, startService } from '@patchbay/service';
import { AppModule } from './app.module.js';
import { authConfig } from './config.js';
import { unwrappedEnvironment } from './unwrapped-environment.js';

const config = loadConfig(authConfig, await unwrappedEnvironment());
await startService({ name: 'auth', config, module: await AppModule.forRoot(config) });
