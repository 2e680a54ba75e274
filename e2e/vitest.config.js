import { defineConfig } from 'vitest/config';
import { common } from '../vitest.preset.js';
import { SlowestFirst } from './support/slowest.first.mjs';
import { WORKERS } from './support/workers.mjs';

/** They put load on a platform of their own, and a third beside two of them would fail by time. */
const SCRIPTS = [
  'hostile',
  'workbench-storm',
  'rotation',
  'credential-race',
  'trigger-deliveries',
  'kills',
].map((name) => `test/${name}.test.ts`);
/** It looks at what all the others left behind. */
const LAST = 'test/secrets.test.ts';

const shared = {
  ...common,
  testTimeout: 60_000,
  maxWorkers: WORKERS,
  setupFiles: ['support/setup.ts'],
};

/** A platform with its providers for each worker, whose files run one after another. */
export default defineConfig({
  test: {
    globalSetup: ['support/global.setup.mjs'],
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'scripts',
          include: SCRIPTS,
          maxWorkers: Math.min(WORKERS, 2),
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...shared, name: 'all', exclude: [...SCRIPTS, LAST], sequence: { groupOrder: 1 } } },
      { test: { ...shared, name: 'last', include: [LAST], sequence: { groupOrder: 2 } } },
    ],
  },
});
