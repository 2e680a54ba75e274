import { expect, it } from 'vitest';
import { printedBy } from '../support/scripts.js';

/** The short form of what `node e2e/scripts/trigger-deliveries.mjs` does for a minute. */
it('delivers every event, each under one id, while every part is killed and another endpoint hangs', async () => {
  const printed = await printedBy('scripts/trigger-deliveries.mjs', '--seconds=6', '--rate=200');
  expect(printed).toMatch(
    /^9 kills: gateway, triggers, sessions, logs, workbench, tools, auth, nats, postgres$/m,
  );
  expect(printed).toMatch(/^0 of [1-9]\d* events were not delivered$/m);
  expect(printed).toMatch(/^0 events came under two ids$/m);
}, 180_000);
