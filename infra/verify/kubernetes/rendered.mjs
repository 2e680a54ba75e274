import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { manifests, withValuesTable } from '../../helm/generate.mjs';
import { CHART, PRODUCTION, ROOT } from './chart.mjs';
import { LIMITS, refused, run } from './commands.mjs';
import { definitionFolders, KUBERNETES, sources } from './modules.mjs';
import { program } from '../programs.mjs';
import { makeCertificate } from './running.mjs';
import { SCHEMA_NAMES, writeSchemas } from './schemas.mjs';

const KINDS = { trial: [], production: PRODUCTION };
/** What production must not go without, each left out once; the schema has to name it. */
const MISTAKES = [
  ['sandboxes.runtimeClassName=', /runtimeClassName/],
  ['nats.replicas=1', /nats/],
  ['services.auth.replicas=1', /replicas/],
  ['settings.PATCHBAY_API_KEY=x', /PATCHBAY_API_KEY/],
];
/** Rules of kube-score that the chart does not keep, each with its reason. */
const NOT_KEPT = {
  'container-security-context-user-group-id': 'the image has its user, 1000',
  'container-image-pull-policy': 'tags and digests are pinned',
  'deployment-has-host-podantiaffinity': 'spread by constraints, as more replicas than nodes may run',
  'networkpolicy-targets-pod': 'some are for pods of cert-manager and of sandboxes, made later',
};
const CRITICAL = 1;
const OPTIONAL_RULES = ['container-seccomp-profile', 'container-ports-check'];

/**
 * What can be said of the chart without a cluster.
 * @param {import('../report.mjs').Report} report
 * @param {string} scratch a folder for what is rendered
 */
export async function look(report, scratch) {
  const helm = program('helm');
  const rendered = {};
  await report.check('helm lint', 'checked', () => {
    for (const values of Object.values(KINDS)) run(helm, ['lint', '--strict', CHART, ...values]);
    return 'values of a trial and of production';
  });
  await report.check('the schema of values', 'checked', () => {
    for (const [set, named] of MISTAKES)
      refused(helm, ['template', CHART, ...PRODUCTION, '--set', set], named);
    return `${MISTAKES.length} mistakes of a production refused`;
  });
  await report.check('infra/k8s and the table of values', 'checked', () => {
    const isDrifted = (path, is) => is !== readFileSync(join(ROOT, path), 'utf8') && path;
    const page = 'docs/operating/kubernetes.md';
    const drifted = [
      isDrifted('infra/k8s/patchbay.yaml', manifests(helm)),
      isDrifted(page, withValuesTable(readFileSync(join(ROOT, page), 'utf8'))),
    ].filter(Boolean);
    if (drifted.length > 0) throw new Error(`node infra/helm/generate.mjs changes ${drifted.join(', ')}`);
    return 'are what the chart makes';
  });
  for (const [kind, values] of Object.entries(KINDS)) {
    rendered[kind] = join(scratch, `${kind}.yaml`);
    writeFileSync(
      rendered[kind],
      run(helm, ['template', 'patchbay', CHART, '--namespace', 'patchbay', ...values]),
    );
  }
  await schemas(report, scratch, rendered);
  await policies(report, scratch, rendered);
  await report.check("NATS reads the chart's configuration", 'checked', () =>
    natsConfigurations(scratch, rendered),
  );
}

async function schemas(report, scratch, rendered) {
  const folder = join(scratch, 'schemas');
  mkdirSync(folder);
  await report.check('kubeconform', 'checked', () => {
    const written = writeSchemas(folder, sources(KUBERNETES), definitionFolders());
    const kubeconform = program('kubeconform');
    const args = ['-strict', '-output', 'json', '-summary', '-schema-location', join(folder, SCHEMA_NAMES)];
    const kustomized = join(scratch, 'kustomized.yaml');
    writeFileSync(kustomized, run(program('kustomize'), ['build', join(ROOT, 'infra/k8s')]));
    const files = [...Object.values(rendered), kustomized];
    const { summary } = JSON.parse(run(kubeconform, [...args, ...files]));
    const planted = join(scratch, 'planted.yaml');
    const text = readFileSync(rendered.production, 'utf8');
    writeFileSync(planted, text.replace('terminationGracePeriodSeconds', 'terminationGraceSeconds'));
    refused(kubeconform, [...args, planted], /terminationGraceSeconds/);
    return `${summary.valid} objects of ${files.length} renderings, by ${written} schemas of ${KUBERNETES.version} and the operators; a planted mistake refused`;
  });
}

async function policies(report, scratch, rendered) {
  await report.check('kube-score', 'checked', () => {
    const kept = Object.entries(rendered).flatMap(([kind, file]) => {
      const grades = scores(file);
      const broken = grades.filter(({ grade }) => grade === CRITICAL).map(({ rule }) => rule);
      if (broken.length > 0) throw new Error(`${kind}: ${broken.join(', ')}`);
      return grades;
    });
    const planted = join(scratch, 'careless.yaml');
    const text = readFileSync(rendered.production, 'utf8');
    writeFileSync(planted, text.replace('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'));
    if (!scores(planted).some(({ grade }) => grade === CRITICAL)) throw new Error('a planted mistake passes');
    return `${kept.length} rules kept, ${Object.keys(NOT_KEPT).length} left out by choice; a planted mistake refused`;
  });
}

/**
 * @param {string} file
 * @returns {{ rule: string, grade: number }[]}
 */
function scores(file) {
  const options = [
    '--kubernetes-version',
    'v1.37',
    '--output-format',
    'json',
    '--ignore-container-cpu-limit',
  ];
  const ignored = Object.keys(NOT_KEPT).flatMap((rule) => ['--ignore-test', rule]);
  const optional = OPTIONAL_RULES.flatMap((rule) => ['--enable-optional-test', rule]);
  const { stdout } = spawnSync(
    program('kube-score'),
    ['score', ...options, ...ignored, ...optional, file],
    LIMITS,
  );
  return JSON.parse(stdout).flatMap(({ object_name: name, checks }) =>
    checks
      .filter(({ skipped }) => !skipped)
      .map(({ check, grade }) => ({ rule: `${check.id} of ${name}`, grade })),
  );
}

/** The secrets and files that NATS finds in its pod are stood in for. */
function natsConfigurations(scratch, rendered) {
  const folder = join(scratch, 'nats');
  for (const [kind, file] of Object.entries(rendered)) {
    const own = join(folder, kind);
    makeCertificate(join(own, 'tls'));
    const configs = parseAllDocuments(readFileSync(file, 'utf8'))
      .map((document) => document.toJS())
      .filter((object) => object?.kind === 'ConfigMap');
    for (const [name, text] of configs.flatMap(({ data }) => Object.entries(data)))
      writeFileSync(join(own, name), text.replaceAll('/etc/nats-tls/', `${own}/tls/`));
    const texts = configs.flatMap(({ data }) => Object.values(data)).join('\n');
    const users = [...texts.matchAll(/\$(NATS_\w+_PASSWORD)/g)].map(([, name]) => [name, 'p1']);
    run(program('nats-server'), ['-t', '-c', join(own, 'server.conf')], {
      ...Object.fromEntries(users),
      POD_NAME: 'nats-0',
    });
  }
  return `one server, and three with TLS and sync_interval: always`;
}
