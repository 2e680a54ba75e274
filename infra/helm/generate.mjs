/**
 * `node infra/helm/generate.mjs`: what follows from the chart. The table of its values in the operators' page, and the
 * manifests for who has no Helm, which need `helm` on the PATH. Run it after a change of the chart; tests and
 * infra/verify fail until then.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** @param {string} path from the root */
const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const CHART = 'infra/helm/patchbay';
const PAGE = 'docs/operating/kubernetes.md';
const RENDERED = 'infra/k8s/patchbay.yaml';
const TABLE = /(?<=<!-- values:begin -->\n)[\s\S]*(?=<!-- values:end -->)/;

/**
 * The operators' page with the table of values as the schema and values.yaml have it.
 * @param {string} page
 */
export function withValuesTable(page) {
  if (!TABLE.test(page)) throw new Error(`${PAGE} has no place for the table of values`);
  const schema = JSON.parse(readFileSync(at(`${CHART}/values.schema.json`), 'utf8'));
  const values = parse(readFileSync(at(`${CHART}/values.yaml`), 'utf8'));
  // All services take the same.
  const services = { type: 'object', properties: { '<name>': schema.definitions.service } };
  const rows = rowsOf({ ...schema.properties, services }, values, '');
  return page.replace(TABLE, () => `\n${table([['value', 'meaning', 'default'], ...rows])}\n`);
}

/**
 * @param {Record<string, any>} properties of the schema
 * @param {Record<string, any>} values
 * @param {string} prefix
 * @returns {string[][]}
 */
function rowsOf(properties, values, prefix) {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const value = values?.[name];
    if (schema.type === 'object' && schema.properties)
      return rowsOf(schema.properties, value, `${prefix}${name}.`);
    return [[`\`${prefix}${name}\``, schema.description, shown(value)]];
  });
}

/** @param {unknown} value */
function shown(value) {
  if (value === undefined) return '';
  if (value === '') return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // A digest says nothing to a reader; values.yaml has it.
  return `\`${text.replace(/@sha256:[0-9a-f]+/, '@sha256:…')}\``;
}

/** In columns, as the formatter leaves it. @param {string[][]} rows */
function table(rows) {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`;
  return [lines[0], rule, ...lines.slice(1)].join('');
}

/**
 * The manifests of infra/k8s as the chart makes them.
 * @param {string} [helm] the program
 */
export function manifests(helm = 'helm') {
  const values = ['infra/helm/values-production.yaml', 'infra/k8s/values.yaml'].flatMap((file) => [
    '-f',
    at(file),
  ]);
  const options = ['--namespace', 'patchbay', '--skip-tests', '--kube-version', '1.34.0', ...values];
  const text = execFileSync(helm, ['template', 'patchbay', at(CHART), ...options], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts = text.split(/^---$/m);
  const own = parts
    // kustomize has the users of NATS from their own file.
    .filter((part) => !/^kind: ConfigMap$\n^metadata:$\n^ {2}name: nats-users$/m.test(part))
    // They are applied as they are: nobody's release, and no file's of the chart.
    .map((part) =>
      part.replaceAll(
        /^(?:# Source: .*| +app\.kubernetes\.io\/managed-by: Helm| +checksum\/users: .*)\n/gm,
        '',
      ),
    )
    .map((part) => part.replaceAll(/ +$/gm, ''));
  return `# Made by \`node infra/helm/generate.mjs\` from the chart: do not change it by hand.\n${own.join('---').trim()}\n`;
}

if (import.meta.filename === process.argv[1]) {
  const page = readFileSync(at(PAGE), 'utf8');
  writeFileSync(at(PAGE), withValuesTable(page));
  writeFileSync(at(RENDERED), manifests());
}
