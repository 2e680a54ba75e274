import type { ServiceDatabase } from '@patchbay/database';
import { ProjectToolkit, ProjectToolkitVersion } from './project-toolkits/index.js';
import { ToolkitContent, ToolkitRelease } from './releases/index.js';
import { CallFile, FileUsage } from './files/index.js';
import { ToolTuningRow } from './search/index.js';
import { migrations, schema } from './migrations/index.js';

export const database: ServiceDatabase = {
  schema,
  entities: [
    CallFile,
    FileUsage,
    ProjectToolkit,
    ProjectToolkitVersion,
    ToolTuningRow,
    ToolkitContent,
    ToolkitRelease,
  ],
  migrations,
};
