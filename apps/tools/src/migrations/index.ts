import { CreateCallFiles1764100000000 } from './1764100000000-create-call-files.js';
import { CreateProjectToolkits1764310000000 } from './1764310000000-create-project-toolkits.js';
import { AddSourceReadings1764600000000 } from './1764600000000-add-source-readings.js';
import { CreateToolkitReleases1764610000000 } from './1764610000000-create-toolkit-releases.js';
import { CreateFileUsage1765090000000 } from './1765090000000-create-file-usage.js';
import { AddRefusedDefinitions1765200000000 } from './1765200000000-add-refused-definitions.js';
import { CreateToolTunings1767000000000 } from './1767000000000-create-tool-tunings.js';

/** The service's schema, and how it came to be: all that the migrations job loads of a service. */
export const schema = 'tools';

export const migrations = [
  CreateCallFiles1764100000000,
  CreateProjectToolkits1764310000000,
  AddSourceReadings1764600000000,
  CreateToolkitReleases1764610000000,
  CreateFileUsage1765090000000,
  AddRefusedDefinitions1765200000000,
  CreateToolTunings1767000000000,
];
