import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createWebhookSubscription, newId } from '@patchbay/contracts';
import { parseKeyRing } from '@patchbay/vault';
import { expect, it } from 'vitest';
import { runTriggers } from '../../test/running-triggers.js';

const command = fileURLToPath(new URL('../../dist/reseal.js', import.meta.url));

it('moves every sealed value to the newest key, after which the old one can go', async () => {
  const older = randomBytes(32).toString('base64');
  const on = await runTriggers({ PATCHBAY_ENCRYPTION_KEYS: older });
  try {
    await on.bus.request(createWebhookSubscription, {
      projectId: newId('project'),
      url: 'https://app.example.com/hook',
      enabledEvents: ['composio.trigger.message'],
    });
    const newest = randomBytes(32).toString('base64');
    const env = { DATABASE_URL: on.databaseUrl, PATCHBAY_ENCRYPTION_KEYS: `${newest},${older}` };
    const { stdout } = await promisify(execFile)(process.execPath, [command], { env });
    expect(stdout).toContain('webhook_subscriptions: 1 moved to the newest key');
    const [row] = await on.sql('SELECT sealed_secret AS sealed FROM triggers.webhook_subscriptions');
    expect(row?.['sealed']).toContain(`.${parseKeyRing(newest)[0].id}.`);
  } finally {
    await on.stop();
  }
});
