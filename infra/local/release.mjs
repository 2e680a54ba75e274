// `npm run release`: the next version, from what waits in `.changeset`. Nothing is tagged, sent or published.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './preflight.mjs';
import { root, run } from './run.mjs';
import { explain } from './terminal.mjs';
import { changelogWith } from './changelog.mjs';

const changeset = join(root, 'node_modules/.bin/changeset');
const statusFile = 'node_modules/.cache/changeset.json';

try {
  await demand(changeset, ['status', `--output=${statusFile}`]);
  const { changesets, releases } = JSON.parse(readFileSync(join(root, statusFile), 'utf8'));
  rmSync(join(root, statusFile));
  const version = releases[0]?.newVersion;
  if (changesets.length === 0 || !version) {
    throw new Refusal('Nothing waits for a release.', '`npx changeset` writes what has changed for users.');
  }
  const changelog = join(root, 'CHANGELOG.md');
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(changelog, changelogWith(readFileSync(changelog, 'utf8'), { version, day, changesets }));
  await demand(changeset, ['version']);
  const manifest = join(root, 'package.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace(/^ {2}"version": ".*",$/m, `  "version": "${version}",`));
  const chart = join(root, 'infra/helm/patchbay/Chart.yaml');
  const chartText = readFileSync(chart, 'utf8');
  writeFileSync(chart, chartText.replace(/(?<=^(?:appV|v)ersion: ).*$/gm, version));
  await demand('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund']);
  await demand(join(root, 'node_modules/.bin/oxfmt'), ['CHANGELOG.md']);
  process.stdout.write(
    `${version} is ready. Now: node infra/helm/generate.mjs, node infra/verify/release-schema.mjs ${version}, npm test, commit, git tag v${version}
`,
  );
} catch (error) {
  explain(error);
  process.exit(1);
}

async function demand(command, args) {
  const { code, output } = await run(command, args);
  if (code !== 0)
    throw new Refusal(
      `${command} ${args[0]} failed:\n${output}`,
      'Nothing was tagged; git shows what was written.',
    );
}
