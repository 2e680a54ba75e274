import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { withBundledProcesses } from './infra/bundle/processes.mjs';

/** What all test runs have in common. */
export const common = {
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  pool: 'forks',
  // Loading Nest and TypeORM takes longer than most files' tests: a worker loads them once for all its files.
  isolate: false,
  // Much of a test's time is waiting for servers: a core is worth a file.
  maxWorkers: '100%',
  passWithNoTests: true,
  // What is built is loaded as Node loads it.
  server: { deps: { external: [/\/dist\//] } },
};

/** Tests start the processes that services start. */
const bundledProcesses = { name: 'bundled-processes', transform: (code) => withBundledProcesses(code) };

/** For a workspace whose tests need no database. */
export default defineConfig({ test: common, plugins: [bundledProcesses] });

/** For one whose tests do: they share a server, and each file makes databases of its own. */
export const withPostgres = defineConfig({
  plugins: [bundledProcesses],
  test: { ...common, globalSetup: [fileURLToPath(import.meta.resolve('@patchbay/testing/postgres'))] },
});
