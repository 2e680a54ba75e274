import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../scripts/kills.mjs', import.meta.url));

/** The short form of what `node e2e/scripts/kills.mjs` does for two minutes with every part and every pair. */
it('records every call that reached the provider, once, while parts are killed under load', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    '--seconds=6',
    '--at-once=10',
    '--only=tools,logs,nats',
    '--no-pairs',
  ]);
  expect(stdout).toMatch(/^3 rounds of kills/m);
  expect(stdout).toMatch(/^0 of [1-9]\d* calls that reached the provider have no row$/m);
  expect(stdout).toMatch(/^0 of [1-9]\d* calls that succeeded are not recorded as succeeded$/m);
  expect(stdout).toMatch(/^0 calls are recorded twice$/m);
}, 180_000);
