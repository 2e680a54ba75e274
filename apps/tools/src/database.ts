import type { ServiceDatabase } from '@patchbay/database';
import { CreateProjectToolkits1764310000000 } from './migrations/1764310000000-create-project-toolkits.js';
import { AddSourceReadings1764600000000 } from './migrations/1764600000000-add-source-readings.js';
import { ProjectToolkit, ProjectToolkitVersion } from './project-toolkits/index.js';
import { CreateToolkitReleases1764610000000 } from './migrations/1764610000000-create-toolkit-releases.js';
import { ToolkitContent, ToolkitRelease } from './releases/index.js';
import { CreateFileUsage1765090000000 } from './migrations/1765090000000-create-file-usage.js';
import { CallFile, FileUsage } from './files/index.js';
import { CreateCallFiles1764100000000 } from './migrations/1764100000000-create-call-files.js';

export const database: ServiceDatabase = {
  schema: 'tools',
  entities: [CallFile, FileUsage, ProjectToolkit, ProjectToolkitVersion, ToolkitContent, ToolkitRelease],
  migrations: [
    CreateCallFiles1764100000000,
    CreateProjectToolkits1764310000000,
    AddSourceReadings1764600000000,
    CreateToolkitReleases1764610000000,
    CreateFileUsage1765090000000,
  ],
};
