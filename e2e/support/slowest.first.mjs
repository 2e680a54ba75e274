import { basename } from 'node:path';
import { BaseSequencer } from 'vitest/node';

/** The files that take longest: one of them begun last would run alone while the other workers are idle. */
const SLOWEST = [
  'hostile',
  'workbench-storm',
  'cli',
  'providers',
  'console',
  'connect-browsers',
  'outage',
  'fuzz',
  'cli-doctor',
  'rotation',
  'limits',
  'client-documents',
  'connect-forms',
  'credential-race',
  'documentation',
  'python-sdk',
  'queues',
  'rules',
  'connect',
  'mcp-toolkits',
  'scope-doors',
  'observability',
  'kills',
];

/** The slowest files first, then as Vitest would have it. */
export class SlowestFirst extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }) {
  const place = SLOWEST.indexOf(basename(moduleId, '.test.ts'));
  return place === -1 ? SLOWEST.length : place;
}
