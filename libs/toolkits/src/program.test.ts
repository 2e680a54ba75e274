import { expect, it } from 'vitest';
import { filledArguments, filledTemplate, packageUrl } from './program.js';

it('a package is named as everywhere, however PyPI lets people write it', () => {
  expect(packageUrl({ registryType: 'npm', identifier: '@acme/mcp', version: '1.0.0' })).toBe(
    'pkg:npm/%40acme/mcp@1.0.0',
  );
  expect(packageUrl({ registryType: 'pypi', identifier: 'Acme_MCP.server', version: '1!2.0+local' })).toBe(
    'pkg:pypi/acme-mcp-server@1!2.0%2Blocal',
  );
});

it('a template is made of values as they are, and of nothing where one is missing', () => {
  expect(filledTemplate('Bearer {a}-{b}', { a: '{b}', b: '$&' })).toBe('Bearer {b}-$&');
  expect(filledTemplate('{a}', {})).toBeUndefined();
  expect(filledTemplate('{constructor}', {})).toBeUndefined();
});

it('an argument is left out without its value, a flag is there by its name, and a list once for each line', () => {
  const program = {
    arguments: [['serve'], ['--at', '{at}'], ['--write', '{write}'], ['--root', 'in={root}'], ['{rest}']],
    flags: ['write'],
    lists: ['root', 'rest'],
  };
  expect(filledArguments(program, {})).toEqual(['serve']);
  expect(
    filledArguments(program, { at: 'eu', write: 'true', root: '/a b\n\n /c \n', rest: '{at}\nlast' }),
  ).toEqual(['serve', '--at', 'eu', '--write', '--root', 'in=/a b', '--root', 'in=/c', '{at}', 'last']);
  expect(filledArguments(program, { write: 'false' })).toEqual(['serve']);
  expect(filledArguments({ arguments: [['{constructor}']], lists: ['constructor'] }, {})).toEqual([]);
});
