import { expect, it } from 'vitest';
import { programSource } from './program.js';

it('a program in few words is a package as server.json has it, with what is secret apart from it', () => {
  const source = programSource({
    package: 'npm:@acme/server@1.2.3',
    arguments: ['serve'],
    environment: { ACME_REGION: 'eu' },
    asked: ['ACME_TOKEN'],
  });
  expect(source).toMatchObject({
    type: 'stdio',
    package: {
      registryType: 'npm',
      identifier: '@acme/server',
      version: '1.2.3',
      packageArguments: [{ type: 'positional', value: 'serve' }],
      environmentVariables: [
        { name: 'ACME_REGION', value: '{value_1}' },
        { name: 'ACME_TOKEN', isRequired: true, isSecret: true },
      ],
    },
    values: { value_1: 'eu' },
  });
  expect(JSON.stringify(source?.package)).not.toContain('"eu"');
});

it('an argument with braces stays as it is', () => {
  expect(programSource({ package: 'npm:acme@1.2.3', arguments: ['serve', '{"a": 1}'] })).toMatchObject({
    package: {
      packageArguments: [
        { type: 'positional', value: 'serve' },
        { type: 'positional', value: '{argument_2}', variables: { argument_2: {} } },
      ],
    },
    values: { argument_2: '{"a": 1}' },
  });
});

it.each(['@acme/server@1.2.3', 'npm:acme', 'docker:acme@1', 'npm:a b@1'])('%s is none', (text) => {
  expect(programSource({ package: text })).toBeUndefined();
});
