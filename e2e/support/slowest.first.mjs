import { basename } from 'node:path';
import { BaseSequencer } from 'vitest/node';

/** The files that take longest: one of them begun last would run alone while the other workers are idle. */
const SLOWEST = [
  'fuzz',
  'hostile',
  'credential-race',
  'workbench-storm',
  'rotation',
  'cli',
  'client-documents',
  'console',
  'providers',
  'observability',
  'limits',
  'cli-doctor',
  'outage',
  'kills',
  'mcp-toolkits',
  'console-acts',
  'python-sdk',
  'trigger-deliveries',
  'triggers',
  'audit',
  'queues',
  'mcp-replicas',
  'connect-forms',
  'connect',
  'people',
  'connect-browsers',
  'scope-doors',
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
