import { afterAll, describe, expect, it } from 'vitest';
import { startPythonTests } from '../support/python.js';

const TIMEOUT_MS = 120_000;

/** They run from here on; below, each of them is waited for. */
const tests = await startPythonTests();

if ('missing' in tests) {
  it.skipIf(true)(`the Python SDK was not tried: ${tests.missing}`, () => undefined);
} else {
  afterAll(() => tests.stop());

  describe('the Python SDK', () => {
    it.each(tests.names.map((name) => [sentenceOf(name), name] as const))(
      '%s',
      (_sentence, name) => tests.result(name),
      TIMEOUT_MS,
    );

    it('leaves nothing that fails when it is put away', async () => {
      expect(await tests.code).toBe(0);
    });
  });
}

/** `test_files.py::test_files_are_listed` is `files: files are listed`. */
function sentenceOf(name: string): string {
  const [, file = '', test = ''] = /^test_(\w+)\.py::test_(.+)$/.exec(name) ?? [];
  return `${file}: ${test}`.replaceAll('_', ' ');
}
