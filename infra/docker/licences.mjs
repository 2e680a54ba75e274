/*
 * What the image is made of: `node infra/docker/licences.mjs FOLDER`, from a repository whose packages are installed,
 * writes an SBOM (CycloneDX, made by npm) and the licences of everybody, with their texts: bundles have no comments, and
 * what is bundled has no folder in the image. It fails when a package has a licence that is not on the list.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isAllowed } from './licence-list.mjs';

const WORKSPACES = ['auth', 'console', 'gateway', 'logs', 'sessions', 'tools', 'triggers', 'workbench'];

/** They make the console's files, and nothing of them is in those. */
const BUILDERS = new Set(['vite', '@tailwindcss/vite']);

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
const folders = new Map(
  Object.entries(lock).map(([folder, { name, version }]) => [
    `${name ?? folder.split('node_modules/').at(-1)} ${version}`,
    folder,
  ]),
);
const folderOf = ({ name, version }) => folders.get(`${name} ${version}`) ?? '';

/** npm's SBOM, by the lock file, without what differs from build to build: its number, and when it was made. */
export function readSbom() {
  const args = [
    'sbom',
    '--sbom-format=cyclonedx',
    '--package-lock-only',
    '--omit=dev',
    ...WORKSPACES.map((name) => `--workspace=apps/${name}`),
  ];
  const { serialNumber: _, ...sbom } = JSON.parse(
    execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 2 ** 26 }),
  );
  const { timestamp: __, ...metadata } = sbom.metadata;
  return {
    ...sbom,
    metadata: { ...metadata, component: { ...metadata.component, type: 'application', name: 'patchbay' } },
    // The lock file also knows what another processor would get.
    components: [...sbom.components, ...leftOut(sbom)].filter((component) => existsSync(folderOf(component))),
  };
}

/** npm leaves out what a workspace depends on directly. */
function leftOut({ components }) {
  const known = new Set(components.map(({ name, version }) => `${name} ${version}`));
  return reachable()
    .map((folder) => ({ name: folder.split('node_modules/').at(-1), ...lock[folder] }))
    .filter(({ name, version }) => !known.has(`${name} ${version}`))
    .map(({ name, version, license }) => ({
      'bom-ref': `${name}@${version}`,
      type: 'library',
      name,
      version,
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      licenses: [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }],
    }));
}

/** Folders of the packages that the services and the console need, by the lock file. */
function reachable() {
  const found = new Set(WORKSPACES.map((name) => `apps/${name}`));
  for (const folder of found) {
    const { dependencies, optionalDependencies } = lock[folder];
    for (const name of Object.keys({ ...optionalDependencies, ...dependencies })) {
      if (BUILDERS.has(name)) continue;
      let at = folder;
      while (at && !lock[`${at}/node_modules/${name}`]) at = at.replace(/(^|\/)[^/]*$/, '');
      const place = at ? `${at}/node_modules/${name}` : `node_modules/${name}`;
      if (lock[place]) found.add(lock[place].link ? lock[place].resolved : place);
    }
  }
  return [...found].filter((folder) => folder.includes('node_modules/'));
}

/** Packages that are not ours: what they are called, their licence as an SPDX expression, and where they lie. */
export function packagesIn(sbom) {
  return sbom.components
    .filter((component) => !component.name.startsWith('@patchbay/'))
    .map((component) => ({
      name: `${component.name} ${component.version}`,
      licence: (component.licenses ?? [])
        .map(({ license, expression }) => expression ?? license.id ?? license.name)
        .join(' AND '),
      folder: folderOf(component),
    }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Each text once, under the names of all that have it. */
export function noticesOf(packages) {
  const byText = new Map();
  for (const { name, licence, folder } of packages) {
    const text = textsIn(folder);
    const key = text || `(${licence}; the package brings no text of its own)`;
    byText.set(key, [...(byText.get(key) ?? []), `${name} (${licence})`]);
  }
  return [...byText]
    .map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function textsIn(folder) {
  return readdirSync(folder)
    .filter((name) => /^(?:licen[cs]e|notice|copying)/i.test(name) && !/\.[cm]?[jt]s$/.test(name))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n');
}

function write(folder) {
  const sbom = readSbom();
  const packages = packagesIn(sbom);
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  for (const { name, licence } of refused) {
    console.error(
      `${name}: its licence, ${licence || 'none'}, is not one that we ship (infra/docker/licence-list.mjs)`,
    );
  }
  if (refused.length > 0) process.exit(1);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'patchbay.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
  writeFileSync(join(folder, 'licences.txt'), noticesOf(packages));
  const counts = Object.groupBy(packages, ({ licence }) => licence);
  console.log(
    Object.entries(counts)
      .map(([licence, of]) => `${of.length} ${licence}`)
      .join(', '),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) write(process.argv[2] ?? 'sbom');
