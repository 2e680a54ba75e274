import preset from '../jest.preset.js';

/** Two platforms with their providers; the files of each run one after another. */
export default {
  ...preset,
  globalSetup: '<rootDir>/support/global.setup.mjs',
  globalTeardown: '<rootDir>/support/global.teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/support/sdk.complaints.ts', '<rootDir>/support/answers.ts'],
  testSequencer: '<rootDir>/support/sequencer.mjs',
  maxWorkers: 2,
  testTimeout: 60_000,
};
