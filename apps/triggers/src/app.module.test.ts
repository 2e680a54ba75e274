import { checkHealth } from '@patchbay/contracts';
import { expect, it } from 'vitest';
import { runTriggers } from '../test/running-triggers.js';

it('answers that it is healthy with its own schema', async () => {
  const on = await runTriggers();
  try {
    const health = await on.bus.request(checkHealth('triggers'), {});
    expect(health).toEqual({ ready: true, checks: { postgres: 'ok' } });
  } finally {
    await on.stop();
  }
});
