import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import * as apps from 'kubernetes-models/apps/v1';
import * as autoscaling from 'kubernetes-models/autoscaling/v2';
import * as batch from 'kubernetes-models/batch/v1';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as rbac from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import * as core from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '@patchbay/contracts';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { withValuesTable } from '../../infra/helm/generate.mjs';
import { connections } from '../support/network-policies.js';
import { metricsIn } from '../support/promql.js';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8');

const NOT_OF_PODS = ['PATCHBAY_TOOLKIT_OVERRIDES', 'PATCHBAY_STDIO_DIR'];
const Manifest = z.object({ kind: z.string(), metadata: z.object({ name: z.string() }).loose() }).loose();
type Model = new (data: object) => { validate(): void };
const MODELS = {
  ...core,
  ...apps,
  ...autoscaling,
  ...batch,
  ...networking,
  ...policy,
  ...rbac,
} as unknown as Record<string, Model>;

const Kustomization = z.object({ resources: z.array(z.string()) });
const { resources } = Kustomization.parse(parse(await read('infra/k8s/kustomization.yaml')));
const files = resources.filter((name) => name.endsWith('.yaml'));
const manifests = (await Promise.all(files.map((name) => read(`infra/k8s/${name}`)))).flatMap((text) =>
  parseAllDocuments(text).map((document) => Manifest.parse(document.toJS())),
);
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);

type Values = { [name: string]: unknown };
const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** As Helm puts values over each other. */
function over(below: Values, above: Values): Values {
  const merged = Object.entries(above).map(([name, value]) => {
    const old = below[name];
    return [name, isValues(old) && isValues(value) ? over(old, value) : value];
  });
  return { ...below, ...(Object.fromEntries(merged) as Values) };
}
const valuesOf = async (path: string) => z.record(z.string(), z.unknown()).parse(parse(await read(path)));
const trial = await valuesOf('infra/helm/patchbay/values.yaml');
const production = over(trial, await valuesOf('infra/helm/values-production.yaml'));

// They are the chart's, rendered: infra/verify/kubernetes.mjs, which needs Helm, fails when they are not.
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
              z.object({
                name: z.string(),
                command: z.array(z.string()),
                env: z.array(z.object({ name: z.string() })),
              }),
            ]),
          }),
        }),
      }),
    });
    const deployments = ofKind('Deployment');
    expect(deployments.map(({ metadata }) => metadata.name).toSorted()).toEqual([...SERVICES].toSorted());
    for (const manifest of [...deployments, ...ofKind('Job')]) {
      const [{ name, command, env }] = Pods.parse(manifest).spec.template.spec.containers;
      // Each may be given as a file.
      const given = new Set(env.map((one) => one.name.replace(/_FILE$/, '')));
      expect(command).toEqual(compose[name]?.command);
      // What has a default, or is a file of the host's, is the operator's own to add; pods run no programs of MCP servers.
      const needed = Object.entries(compose[name]?.environment ?? {})
        .filter(([key, value]) => !/:-/.test(String(value)) && !NOT_OF_PODS.includes(key))
        .map(([key]) => key);
      expect({ name, missing: needed.filter((key) => !given.has(key)) }).toEqual({ name, missing: [] });
    }
  });

  it('let nothing in or out that no policy names', () => {
    const closed = ofKind('NetworkPolicy').find(({ metadata }) => metadata.name === 'nothing-by-default');
    expect(closed?.['spec']).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('let the services speak with NATS, the workbench with the gateway, and nobody else', () => {
    const Owner = z.object({
      spec: z.object({
        template: z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()) }) }),
      }),
    });
    const pods = [...ofKind('Deployment'), ...ofKind('StatefulSet'), ...ofKind('Job')].map((owner) => {
      const { labels } = Owner.parse(owner).spec.template.metadata;
      return { name: labels['app.kubernetes.io/name'] ?? '', labels };
    });
    const policies = ofKind('NetworkPolicy').filter(({ metadata }) => metadata['namespace'] === 'patchbay');
    // Beside those of services, a port that nobody has, as of a shell that somebody opened.
    const found = connections(policies, pods, [3000, 4222, 5432, 6222, 8222, 9464, 31_337]);
    expect(found.toSorted()).toEqual(
      [
        ...SERVICES.map((name) => `${name} -> nats:4222`),
        'nats -> nats:6222',
        'workbench -> gateway:3000',
      ].toSorted(),
    );
  });
});

describe('the values of the chart', () => {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
  const schema = read('infra/helm/patchbay/values.schema.json').then((text) => ajv.compile(JSON.parse(text)));
  const takes = async (values: Values) => (await schema)(values);

  it('are taken by its schema, for a trial and for production', async () => {
    expect([await takes(trial), await takes(production)]).toEqual([true, true]);
  });

  it.each([
    ['sandboxes without a runtime class', { sandboxes: { runtimeClassName: '' } }],
    [
      'a workbench that may reach all addresses at the API server’s ports',
      { sandboxes: { apiServer: { cidrs: ['0.0.0.0/0'] } } },
    ],
    ['one server of NATS', { nats: { replicas: 1 } }],
    ['messages that are acknowledged before they are on the disk', { nats: { syncInterval: '2m' } }],
    ['a Postgres without backups', { postgres: { bundled: true } }],
    ['secrets that Helm makes', { secrets: { generate: true }, externalSecrets: { enabled: false } }],
    ['an address without TLS', { publicUrl: 'http://patchbay.example.com' }],
    ['an image that may be another tomorrow', { image: { tag: 'latest' } }],
    ['one replica', { services: { auth: { replicas: 1 } } }],
    ['files that one node alone reaches', { files: { s3: { bucket: '' } } }],
    ['an open network', { networkPolicies: { enabled: false } }],
  ] satisfies [string, Values][])('refuse for production %s', async (_, values) => {
    expect(await takes(over(production, values))).toBe(false);
  });

  it.each([
    ['a secret among the settings', { services: { tools: { settings: { PATCHBAY_MODEL_API_KEY: 'x' } } } }],
    ['what the chart does not know', { replicaCount: 3 }],
    ['an even number of servers', { nats: { replicas: 2 } }],
    [
      'a store of secrets without a name',
      { externalSecrets: { enabled: true }, secrets: { generate: false } },
    ],
  ] satisfies [string, Values][])('refuse %s', async (_, values) => {
    expect(await takes(over(trial, values))).toBe(false);
  });

  it('scale by metrics that the adapter tells the cluster', async () => {
    const Adapter = z.object({ rules: z.object({ custom: z.array(z.object({ seriesQuery: z.string() })) }) });
    const adapter = Adapter.parse(parse(await read('infra/observability/adapter.yaml')));
    const told = adapter.rules.custom.flatMap(({ seriesQuery }) => metricsIn(seriesQuery));
    const Scaled = z.object({
      services: z.record(
        z.string(),
        z.object({
          autoscaling: z.object({ metrics: z.array(z.object({ name: z.string() })).default([]) }),
        }),
      ),
    });
    const { services } = Scaled.parse(production);
    const asked = Object.values(services).flatMap(({ autoscaling: { metrics } }) => metrics);
    expect(asked.map(({ name }) => name).toSorted()).toEqual(told.toSorted());
  });

  it('stand in the operators’ page; `node infra/helm/generate.mjs` writes them', async () => {
    const page = await read('docs/operating/kubernetes.md');
    expect(page).toBe(withValuesTable(page));
  });

  it('belong to a chart of this version', async () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(await read('package.json')));
    expect(parse(await read('infra/helm/patchbay/Chart.yaml'))).toMatchObject({
      version,
      appVersion: version,
    });
  });
});
