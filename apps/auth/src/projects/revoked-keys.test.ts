import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createProject,
  deleteProject,
  listProjects,
  revokeApiKey,
  revokeLeakedKeys,
  rotateApiKeys,
  verifyApiKey,
} from '@patchbay/contracts';
import { createLogger } from '@patchbay/service';
import { runAuth, startSurroundings } from '../../test/running-auth.js';

let around: Awaited<ReturnType<typeof startSurroundings>>;
let auth: Awaited<ReturnType<typeof runAuth>>;
let number = 0;
let settings: { PATCHBAY_API_KEY: string; PATCHBAY_ORG_API_KEY: string };
let complaints: { setting: string; msg: string }[] = [];

beforeAll(async () => {
  around = await startSurroundings();
});
afterAll(() => around?.stop());

const hash = (key: string) => createHash('sha256').update(key).digest('hex');
const verify = (key: string) => around.bus.request(verifyApiKey, { sha256: hash(key) });
const isRefused = (key: string) => expect(verify(key)).rejects.toMatchObject({ code: 'unauthenticated' });
const told = (setting: string) => [
  { setting, msg: expect.stringMatching(/was revoked: it stays revoked.*Put a new key there/) },
];

async function start(given: Record<string, string>) {
  const logger = createLogger('auth', 'silent');
  const error = ({ setting }: { setting: string }, msg: string) => void complaints.push({ setting, msg });
  Object.assign(logger, { error });
  return runAuth({ ...around.settings, ...given }, logger);
}
async function restart(given: Record<string, string> = settings) {
  await auth.close();
  auth = await start(given);
}

beforeEach(async () => {
  number += 1;
  complaints = [];
  settings = { PATCHBAY_API_KEY: `ak_setting-${number}`, PATCHBAY_ORG_API_KEY: `oak_setting-${number}` };
  auth = await start(settings);
  expect(complaints).toEqual([]);
});
afterEach(() => auth.close());

async function project() {
  const principal = await verify(settings.PATCHBAY_API_KEY);
  if (principal.kind !== 'project') throw new Error('not the key of a project');
  return principal;
}

describe('a key that was revoked stays revoked when the service starts again with it in its settings', () => {
  it.each<[string, () => Promise<unknown>]>([
    [
      'by its id',
      async () => {
        const { projectId, keyId } = await project();
        return around.bus.request(revokeApiKey, { projectId, keyId });
      },
    ],
    ['as leaked', () => around.bus.request(revokeLeakedKeys, { sha256: [hash(settings.PATCHBAY_API_KEY)] })],
    [
      'by a rotation',
      async () => around.bus.request(rotateApiKeys, { projectId: (await project()).projectId }),
    ],
  ])('%s', async (_, revoke) => {
    await revoke();
    await restart();
    await isRefused(settings.PATCHBAY_API_KEY);
    expect(complaints).toEqual(told('PATCHBAY_API_KEY'));
    // The start went on: the other key of the settings works.
    expect(await verify(settings.PATCHBAY_ORG_API_KEY)).toMatchObject({ kind: 'organisation' });
  });

  it("the organisation's as well", async () => {
    await around.bus.request(revokeLeakedKeys, { sha256: [hash(settings.PATCHBAY_ORG_API_KEY)] });
    await restart();
    await isRefused(settings.PATCHBAY_ORG_API_KEY);
    expect(complaints).toEqual(told('PATCHBAY_ORG_API_KEY'));
    expect(await verify(settings.PATCHBAY_API_KEY)).toMatchObject({ kind: 'project' });
  });

  it('with its project, which does not come back for it', async () => {
    const { projectId } = await project();
    await around.bus.request(deleteProject, { projectId });
    await restart();
    await isRefused(settings.PATCHBAY_API_KEY);
    expect(complaints).toEqual(told('PATCHBAY_API_KEY'));
    const { items } = await around.bus.request(listProjects, {});
    expect(items.map(({ name }) => name)).not.toContain('default');
  });

  it("when it was another project's", async () => {
    const { project: other, apiKey } = await around.bus.request(createProject, {
      name: `other-${number}`,
      createApiKey: true,
    });
    const key = String(apiKey?.key);
    await around.bus.request(rotateApiKeys, { projectId: other.id });
    await restart({ ...settings, PATCHBAY_API_KEY: key });
    await isRefused(key);
    // What stood in the setting before is not given up for a key that is none.
    expect(await verify(settings.PATCHBAY_API_KEY)).toMatchObject({ kind: 'project' });
  });

  it('because the setting got another one: a replica with the old setting does not undo the change', async () => {
    const old = settings.PATCHBAY_API_KEY;
    await restart({ ...settings, PATCHBAY_API_KEY: `${old}-next` });
    const replica = await start(settings);
    try {
      await isRefused(old);
      expect(await verify(`${old}-next`)).toMatchObject({ kind: 'project' });
      expect(complaints).toEqual(told('PATCHBAY_API_KEY'));
    } finally {
      await replica.close();
    }
  });

  it('when a replica of an older version brought its row back', async () => {
    await around.bus.request(revokeLeakedKeys, { sha256: [hash(settings.PATCHBAY_API_KEY)] });
    await auth.dataSource.query('UPDATE auth.api_keys SET revoked_at = NULL WHERE sha256 = $1', [
      hash(settings.PATCHBAY_API_KEY),
    ]);
    await isRefused(settings.PATCHBAY_API_KEY);
  });
});
