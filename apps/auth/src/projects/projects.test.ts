import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, createProject, listProjects, rotateApiKeys, verifyApiKey } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { runAuth, startSurroundings } from '../../test/running-auth.js';

let around: Awaited<ReturnType<typeof startSurroundings>>;

beforeAll(async () => {
  around = await startSurroundings();
});
afterAll(() => around?.stop());

const hash = (key: string) => createHash('sha256').update(key).digest('hex');
const verify = (key: string) => around.bus.request(verifyApiKey, { sha256: hash(key) });
const revocations = () => around.events.filter(({ subject }) => subject === 'events.auth.key.revoked');

/** Runs the service with these settings for as long as the work takes. */
async function withAuth<T>(
  settings: Record<string, string>,
  work: (auth: Awaited<ReturnType<typeof runAuth>>) => Promise<T>,
) {
  const auth = await runAuth({ ...around.settings, ...settings });
  try {
    return await work(auth);
  } finally {
    await auth.close();
  }
}

describe('the keys of the settings', () => {
  it('work from the first request on, for the first project and for the organisation', async () => {
    await withAuth({ PATCHBAY_API_KEY: 'ak_first-one', PATCHBAY_ORG_API_KEY: 'oak_first-one' }, async () => {
      const { items } = await around.bus.request(listProjects, {});
      expect(items.map(({ name }) => name)).toEqual(['default']);
      expect(await verify('ak_first-one')).toMatchObject({ kind: 'project', projectId: items[0]?.id });
      expect(await verify('oak_first-one')).toMatchObject({ kind: 'organisation' });
    });
  });

  it('stay the same keys over a start, and over a start of two replicas at once', async () => {
    const settings = { PATCHBAY_API_KEY: 'ak_first-one', PATCHBAY_ORG_API_KEY: 'oak_first-one' };
    const before = await withAuth(settings, () => verify('ak_first-one'));
    await Promise.all([
      withAuth(settings, async () => expect(await verify('ak_first-one')).toEqual(before)),
      withAuth(settings, async () => expect(await verify('ak_first-one')).toEqual(before)),
    ]);
    expect(revocations()).toEqual([]);
  });

  it('replace the key that stood there before, and say so', async () => {
    const before = await withAuth({ PATCHBAY_API_KEY: 'ak_first-one' }, () => verify('ak_first-one'));
    await withAuth({ PATCHBAY_API_KEY: 'ak_second-one' }, async () => {
      expect(await verify('ak_second-one')).toMatchObject({ ...before, keyId: expect.any(String) });
      await expect(verify('ak_first-one')).rejects.toMatchObject({ code: 'unauthenticated' });
      await eventually(() => expect(revocations()).toHaveLength(1));
      expect(revocations()[0]?.data).toEqual({ keyId: before.keyId, sha256: hash('ak_first-one') });
    });
    // The organisation's key was not mentioned, and still is one.
    await withAuth({}, async () =>
      expect(await verify('oak_first-one')).toMatchObject({ kind: 'organisation' }),
    );
  });

  it('are nowhere in the tables', async () => {
    await withAuth({ PATCHBAY_API_KEY: 'ak_second-one' }, async ({ dataSource }) => {
      const rows = JSON.stringify(await dataSource.query('SELECT * FROM auth.api_keys'));
      expect(rows).not.toMatch(/ak_(first|second)-one/);
    });
  });

  it("do not take another project's key from it", async () => {
    const { project, apiKey } = await withAuth({}, () =>
      around.bus.request(createProject, { name: 'other-project', createApiKey: true }),
    );
    const started = withAuth({ PATCHBAY_API_KEY: String(apiKey?.key) }, () => verify(String(apiKey?.key)));
    const whose = await started.catch(() => withAuth({}, () => verify(String(apiKey?.key))));
    expect(whose).toMatchObject({ kind: 'project', projectId: project.id });
  });
});

describe('a project', () => {
  it('is made with a key that speaks for it alone, or without one', async () => {
    await withAuth({}, async () => {
      const { project, apiKey } = await around.bus.request(createProject, {
        name: 'acme',
        createApiKey: true,
      });
      expect(apiKey?.key).toMatch(/^ak_[\w-]{32}$/);
      expect(await verify(String(apiKey?.key))).toMatchObject({ kind: 'project', projectId: project.id });
      const keyless = await around.bus.request(createProject, { name: 'keyless' });
      expect(keyless.apiKey).toBeNull();
    });
  });

  it('gets a key when it is there, and is not found when it is not', async () => {
    await withAuth({}, async () => {
      const projectId = 'proj_nowhere';
      const refused = { code: 'not_found' };
      await expect(around.bus.request(createApiKey, { projectId, name: 'one' })).rejects.toMatchObject(
        refused,
      );
      await expect(around.bus.request(rotateApiKeys, { projectId })).rejects.toMatchObject(refused);
    });
  });

  it('is refused a name that another has, also when both ask at once', async () => {
    await withAuth({}, async () => {
      await around.bus.request(createProject, { name: 'taken' });
      await expect(around.bus.request(createProject, { name: 'taken' })).rejects.toMatchObject({
        code: 'conflict',
        message: 'A project named taken exists already.',
        retryable: false,
      });
      const both = await Promise.allSettled(
        [1, 2].map(() => around.bus.request(createProject, { name: 'at-once', createApiKey: true })),
      );
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });

  it('is refused a name that is too short, too long or of other characters', async () => {
    await withAuth({}, async () => {
      for (const name of ['ab', 'a'.repeat(76), 'my project', 'päckchen']) {
        await expect(around.bus.request(createProject, { name })).rejects.toMatchObject({
          code: 'invalid_request',
          issues: [expect.stringContaining('name: ')],
        });
      }
    });
  });
});
