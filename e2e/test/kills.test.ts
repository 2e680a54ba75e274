import { expect, it } from 'vitest';
import { printedBy } from '../support/scripts.js';

/** The short form of what `node e2e/scripts/kills.mjs` does for two minutes with every part and every pair. */
it('records every call that reached the provider, once, while parts are killed under load', async () => {
  const options = ['--seconds=6', '--at-once=10', '--only=tools,logs,nats', '--no-pairs'];
  const printed = await printedBy('scripts/kills.mjs', ...options);
  expect(printed).toMatch(/^3 rounds of kills/m);
  expect(printed).toMatch(/^0 of [1-9]\d* calls that reached the provider have no row$/m);
  expect(printed).toMatch(/^0 of [1-9]\d* calls that succeeded are not recorded as succeeded$/m);
  expect(printed).toMatch(/^0 calls are recorded twice$/m);
}, 180_000);
