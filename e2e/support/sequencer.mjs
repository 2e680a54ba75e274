import Sequencer from '@jest/test-sequencer';

/**
 * As jest would have it, but for the file that looks at what all the others left behind: it comes last. The set-up,
 * which runs after this and is not told of the files, starts a platform for each worker that will have some.
 */
export default class SecretsLast extends Sequencer {
  #workers;

  constructor(options) {
    super(options);
    this.#workers = options.globalConfig.maxWorkers;
  }

  async sort(tests) {
    process.env.E2E_FILES = String(tests.length);
    process.env.E2E_WORKERS = String(Math.min(this.#workers, tests.length));
    const sorted = await super.sort(tests);
    const isLast = ({ path }) => path.endsWith('secrets.test.ts');
    return [...sorted.filter((test) => !isLast(test)), ...sorted.filter(isLast)];
  }
}
