import preset from '../jest.preset.js';

/** One platform and one GitHub emulator for all files; files run one after another. */
export default {
  ...preset,
  globalSetup: '<rootDir>/support/global.setup.mjs',
  globalTeardown: '<rootDir>/support/global.teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/support/sdk.complaints.ts', '<rootDir>/support/answers.ts'],
  testSequencer: '<rootDir>/support/sequencer.mjs',
  maxWorkers: 1,
  testTimeout: 60_000,
};
