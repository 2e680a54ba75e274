import { createHash } from 'node:crypto';
import { createApiKey, createProject, getProject, verifyApiKey } from '@patchbay/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAuth, startSurroundings } from '../../test/running-auth.js';

let around: Awaited<ReturnType<typeof startSurroundings>>;
let auth: Awaited<ReturnType<typeof runAuth>>;
beforeAll(async () => {
  around = await startSurroundings();
  auth = await runAuth(around.settings);
});
afterAll(async () => {
  await auth?.close();
  await around?.stop();
});

it('the last use of a key is written once in a while, however often it is used', async () => {
  const { bus } = around;
  const { project } = await bus.request(createProject, { name: 'acme' });
  const { id, key } = await bus.request(createApiKey, { projectId: project.id, name: 'worker' });
  const use = () => bus.request(verifyApiKey, { sha256: createHash('sha256').update(key).digest('hex') });
  const lastUse = async () => {
    const { apiKeys } = await bus.request(getProject, { projectId: project.id });
    return apiKeys.find((each) => each.id === id)?.lastUsedAt;
  };
  const ageBy = (minutes: number) =>
    auth.dataSource.query(
      `UPDATE auth.api_keys SET last_used_at = last_used_at - make_interval(mins => $2) WHERE id = $1`,
      [id, minutes],
    );
  expect(await lastUse()).toBeNull();
  await Promise.all([use(), use(), use()]);
  const first = await lastUse();
  expect(Math.abs(Date.parse(String(first)) - Date.now())).toBeLessThan(10_000);

  await ageBy(4);
  const recent = await lastUse();
  await use();
  expect(await lastUse()).toBe(recent);

  await ageBy(2);
  await use();
  expect(Date.parse(String(await lastUse()))).toBeGreaterThanOrEqual(Date.parse(String(first)));
});
