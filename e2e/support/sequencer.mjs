import Sequencer from '@jest/test-sequencer';

/** As jest would have it, but for the file that looks at what all the others left behind: it comes last. */
export default class SecretsLast extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const isLast = ({ path }) => path.endsWith('secrets.test.ts');
    return [...sorted.filter((test) => !isLast(test)), ...sorted.filter(isLast)];
  }
}
