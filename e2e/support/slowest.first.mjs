import { basename } from 'node:path';
import { BaseSequencer } from 'vitest/node';

/** The files that take half a minute and more: one of them begun last would run alone while the other workers are idle. */
const SLOWEST = [
  'hostile',
  'workbench-storm',
  'providers',
  'rotation',
  'connect-browsers',
  'connect-forms',
  'credential-race',
  'outage',
  'python-sdk',
  'limits',
  'kills',
  'queues',
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
