import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createApiKey,
  createProject,
  deleteProject,
  getProject,
  listProjects,
  ProjectSettings,
  revokeApiKey,
  revokeLeakedKeys,
  rotateApiKeys,
  updateProjectSettings,
  verifyApiKey,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { hashKey } from './api-key.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterAll(() => on?.stop());

const verify = (key: string) => on.bus.request(verifyApiKey, { sha256: hashKey(key) });
const unknown = refused('unauthenticated');
let made = 0;
async function newProject() {
  const { project, apiKey } = await on.bus.request(createProject, {
    name: `project-${(made += 1)}`,
    createApiKey: true,
  });
  return { projectId: project.id, key: String(apiKey?.key), keyId: String(apiKey?.id) };
}

describe("a project's keys", () => {
  it('are all replaced by one when they are rotated', async () => {
    const { projectId, key } = await newProject();
    const other = await on.bus.request(createApiKey, { projectId, name: 'ci' });
    const fresh = await on.bus.request(rotateApiKeys, { projectId });
    expect(await verify(fresh.key)).toMatchObject({ kind: 'project', projectId });
    for (const old of [key, other.key]) await expect(verify(old)).rejects.toMatchObject(unknown);
    const { apiKeys } = await on.bus.request(getProject, { projectId });
    expect(apiKeys.map(({ id }) => id)).toEqual([fresh.id]);
    expect(JSON.stringify(apiKeys)).not.toContain(fresh.key);
  });

  it('are revoked one by one, by their own project alone, and everybody is told', async () => {
    const { projectId, key, keyId } = await newProject();
    await expect(on.bus.request(revokeApiKey, { projectId: on.projectId, keyId })).rejects.toMatchObject(
      refused('not_found'),
    );
    await on.bus.request(revokeApiKey, { projectId, keyId });
    await expect(verify(key)).rejects.toMatchObject(unknown);
    await eventually(() =>
      expect(on.events.map(({ data }) => data)).toContainEqual({ keyId, sha256: hashKey(key) }),
    );
  });

  it('are revoked when they leaked, without telling which were known', async () => {
    const { key } = await newProject();
    const sha256 = [key, 'ak_never-made'].map(hashKey);
    expect(await on.bus.request(revokeLeakedKeys, { sha256 })).toEqual({ received: 2 });
    await expect(verify(key)).rejects.toMatchObject(unknown);
  });
});

describe('a project', () => {
  it('has the defaults as its settings, and changes those that are given', async () => {
    const { projectId } = await newProject();
    const { project } = await on.bus.request(getProject, { projectId });
    expect(project.settings).toEqual(ProjectSettings.parse({}));
    const changed = await on.bus.request(updateProjectSettings, {
      projectId,
      changes: { maskSecrets: false },
    });
    expect(changed.settings).toEqual({ ...ProjectSettings.parse({}), maskSecrets: false });
  });

  it('takes its keys and accounts with it when it is deleted', async () => {
    const { projectId, key } = await newProject();
    const config = await on.newConfig('acme_key', { projectId });
    const values = { generic_api_key: 'k' };
    const account = await on.create('acme_key', values, { projectId, authConfigId: config.id });
    await on.bus.request(deleteProject, { projectId });
    await expect(verify(key)).rejects.toMatchObject(unknown);
    await expect(on.bus.request(getProject, { projectId })).rejects.toMatchObject(refused('not_found'));
    const { items } = await on.bus.request(listProjects, {});
    expect(items.map(({ id }) => id)).not.toContain(projectId);
    expect(await on.sql('SELECT 1 FROM auth.connected_accounts WHERE id = $1', [account.id])).toEqual([]);
  });
});
