import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { CellAnswer } from '../src/agent/answers.js';
import { workbenchConfig } from '../src/config.js';
import { KubernetesDriver } from '../src/sandbox/kubernetes/kubernetes.driver.js';
import { SandboxStarter } from '../src/workspaces/sandbox.starter.js';
import { startFakeCluster } from './fake-cluster.js';

const config = workbenchConfig.parse({
  DATABASE_URL: 'postgres://nobody@localhost/none',
  PATCHBAY_FILES_SECRET: 'a secret of this test',
  PATCHBAY_WORKBENCH_DISK_MB: '16',
});

describe('sandboxes as pods', () => {
  let cluster: Awaited<ReturnType<typeof startFakeCluster>>;
  let driver: KubernetesDriver;
  let starter: SandboxStarter;
  beforeEach(async () => {
    cluster = await startFakeCluster();
    driver = new KubernetesDriver(cluster.cluster, {
      namespace: 'sandboxes',
      image: 'python:3.12-slim',
      runtimeClass: 'gvisor',
    });
    starter = new SandboxStarter(config, driver);
  });
  afterEach(() => cluster.close());

  it('run cells, and are gone when they are stopped', async () => {
    expect(await driver.check()).toBeNull();
    const agent = await starter.start('medium');
    const answer = await agent.request(
      'cell',
      { code: 'sum(range(10))', limitMs: 5_000 },
      CellAnswer,
      10_000,
    );
    expect(answer).toMatchObject({ result: '45', error: '' });
    expect(cluster.pods.size).toBe(1);
    await agent.sandbox.stop();
    expect(cluster.pods.size).toBe(0);
  });

  it('have limits by their size, a sandboxed runtime, and no right of any kind', async () => {
    const agent = await starter.start('medium');
    const [pod] = [...cluster.pods.values()];
    expect(pod?.spec).toMatchObject({
      runtimeClassName: 'gvisor',
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    const [container] = pod?.spec?.containers ?? [];
    expect(container?.resources?.limits).toEqual({
      cpu: '2',
      memory: String(2 * 1024 ** 3),
      'ephemeral-storage': '128Mi',
    });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container?.env ?? []).toEqual([]);
    expect(pod?.spec?.volumes?.map(({ emptyDir }) => emptyDir?.sizeLimit)).toEqual(
      Array.from({ length: 3 }, () => String(16 * 1024 ** 2)),
    );
    await agent.sandbox.stop();
  });

  it('that end by themselves are noticed and removed', async () => {
    const agent = await starter.start('standard');
    const code = 'import time\ntime.sleep(60)';
    const answer = agent.request('cell', { code, limitMs: 60_000 }, CellAnswer, 60_000);
    await Promise.all([expect(answer).rejects.toMatchObject({ code: 'sandbox_lost' }), cluster.endAll()]);
    await agent.gone;
    await eventually(() => expect(cluster.pods.size).toBe(0));
  });

  it('that never run fail with the reason, and leave nothing', async () => {
    Object.assign(cluster.behaviour, { phase: 'Pending', waiting: 'ImagePullBackOff' });
    await expect(starter.start('standard')).rejects.toThrow('ImagePullBackOff');
    expect(cluster.pods.size).toBe(0);
  });

  it('left behind by an earlier life are removed', async () => {
    const agent = await starter.start('standard');
    await driver.tidy();
    expect(cluster.pods.size).toBe(0);
    await agent.gone;
  });

  it('cannot be made without the right to, which is told', async () => {
    cluster.behaviour.refuse = true;
    expect(await driver.check()).toMatch(/namespace sandboxes.*403.*kubernetes\.md/);
  });
});
