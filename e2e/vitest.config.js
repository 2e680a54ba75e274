import { defineConfig } from 'vitest/config';
import { common } from '../vitest.preset.js';
import { WORKERS } from './support/workers.mjs';
import { SlowestFirst } from './support/slowest.first.mjs';

/** It measures what attacks do to a neighbour, and would measure the other files with them. */
const ALONE = 'test/hostile.test.ts';
/** It looks at what all the others left behind. */
const LAST = 'test/secrets.test.ts';

const shared = {
  ...common,
  testTimeout: 60_000,
  maxWorkers: WORKERS,
  setupFiles: ['support/setup.ts'],
};

/** A platform with its providers for each worker, whose files run one after another. A third worker was faster, and its load made tests fail by time. */
export default defineConfig({
  test: {
    globalSetup: ['support/global.setup.mjs'],
    sequence: { sequencer: SlowestFirst },
    projects: [
      { test: { ...shared, name: 'all', exclude: [ALONE, LAST], sequence: { groupOrder: 0 } } },
      { test: { ...shared, name: 'alone', include: [ALONE], sequence: { groupOrder: 1 } } },
      { test: { ...shared, name: 'last', include: [LAST], sequence: { groupOrder: 2 } } },
    ],
  },
});
