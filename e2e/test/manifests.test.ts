import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '@patchbay/contracts';
import * as apps from 'kubernetes-models/apps/v1';
import * as batch from 'kubernetes-models/batch/v1';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8');

const Manifest = z.object({ kind: z.string(), metadata: z.object({ name: z.string() }).loose() }).loose();
const Kustomization = z.object({
  resources: z.array(z.string()),
  configMapGenerator: z.array(z.object({ literals: z.array(z.string()) })),
});
type Model = new (data: object) => { validate(): void };
const MODELS = { ...core, ...apps, ...batch, ...networking, ...policy } as unknown as Record<string, Model>;

const kustomization = Kustomization.parse(parse(await read('infra/k8s/kustomization.yaml')));
const files = kustomization.resources.filter((name) => name.endsWith('.yaml'));
const manifests = (await Promise.all(files.map((name) => read(`infra/k8s/${name}`)))).flatMap((text) =>
  parseAllDocuments(text).map((document) => Manifest.parse(document.toJS())),
);
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);

describe('the manifests for Kubernetes', () => {
  it.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const))(
    'are what its API takes: %s',
    (_, manifest) => {
      const model = MODELS[manifest.kind];
      if (!model) throw new Error(`No model of ${manifest.kind}`);
      new model(manifest).validate();
    },
  );

  it('run every service, by the command of its app, with what docker-compose gives it', async () => {
    const Compose = z.object({
      services: z.record(
        z.string(),
        z.object({
          command: z.array(z.string()).optional(),
          environment: z.record(z.string(), z.unknown()).optional(),
        }),
      ),
    });
    const compose = Compose.parse(parse(await read('docker-compose.yml'), { merge: true })).services;
    const Pods = z.object({
      spec: z.object({
        template: z.object({
          spec: z.object({
            containers: z.tuple([
              z.object({ command: z.array(z.string()), env: z.array(z.object({ name: z.string() })) }),
            ]),
          }),
        }),
      }),
    });
    const shared = kustomization.configMapGenerator.flatMap(({ literals }) =>
      literals.map((literal) => literal.split('=')[0]),
    );
    const deployments = ofKind('Deployment');
    expect(deployments.map(({ metadata }) => metadata.name).toSorted()).toEqual([...SERVICES].toSorted());
    for (const manifest of [...deployments, ...ofKind('Job')]) {
      const { name } = manifest.metadata;
      const [{ command, env }] = Pods.parse(manifest).spec.template.spec.containers;
      const given = new Set([...shared, ...env.map((one) => one.name)]);
      expect(command).toEqual(compose[name]?.command);
      // What has a default, or is a file of the host's, is the operator's own to add.
      const needed = Object.entries(compose[name]?.environment ?? {})
        .filter(([key, value]) => !/:-/.test(String(value)) && key !== 'PATCHBAY_TOOLKIT_OVERRIDES')
        .map(([key]) => key);
      expect(needed.filter((key) => !given.has(key))).toEqual([]);
    }
  });

  it('let nothing in or out that no policy names', () => {
    const closed = ofKind('NetworkPolicy').find(({ metadata }) => metadata.name === 'nothing-by-default');
    expect(closed?.['spec']).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });
});
