import { describe, expect, it } from 'vitest';
import type { StdioPackage } from '@patchbay/contracts';
import { PUBLISHED_SERVERS } from '@patchbay/testing';
import type { ProgramList } from './listed.programs.js';
import { packageForm } from './package.form.js';
import { chosenProgram } from './program.choice.js';
import { PackageRecord, ServerRecord } from './server-record.js';

const published = (name: string) =>
  ServerRecord.parse({ server: PUBLISHED_SERVERS.find((server) => server.name === name) }).server
    .packages[0]!;
const listing = (entry: string, more: Partial<StdioPackage> = {}): ProgramList => {
  const [, registryType, identifier = '', version = ''] = /^(\w+):(.+)@(.+)$/.exec(entry) ?? [];
  const one = { registryType: registryType as 'npm', identifier, version, hosts: [] };
  return { packages: [{ ...one, state: 'installed', reason: null, ...more }], refusal: null };
};
const BRAVE = 'npm:@brave/brave-search-mcp-server@2.1.3';
const brave = (list: ProgramList = listing(BRAVE)) =>
  packageForm(published('io.github.brave/brave-search-mcp-server'), list);
const formOf = (more: object = {}) =>
  packageForm(
    PackageRecord.parse({ registryType: 'npm', identifier: '@acme/mcp', version: '1.0.0', ...more }),
    listing('npm:@acme/mcp@1.0.0'),
  );
const issuesOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { issues?: string[] }).issues;
  }
  return undefined;
};

describe('a package of an entry, as its maker published it', () => {
  it('asks for what it wants in its environment, and is a program where the operator lists it', () => {
    expect(brave()).toMatchObject({
      refusal: null,
      fields: [{ name: 'brave_api_key', displayName: 'BRAVE_API_KEY', required: true, secret: true }],
      program: { version: '2.1.3', arguments: [], environment: { BRAVE_API_KEY: '{brave_api_key}' } },
    });
  });

  it.each<[string, ProgramList]>([
    ['PATCHBAY_STDIO_ALLOWED lacks npm:@brave/brave-search-mcp-server@2.1.3', listing('npm:other@1.0.0')],
    ['PATCHBAY_STDIO_ALLOWED lacks', listing('npm:@brave/brave-search-mcp-server@2.1.4')],
    ['PATCHBAY_STDIO_ALLOWED lacks', listing('pypi:brave-search-mcp-server@2.1.3')],
    ['it is a program. Switched off', { packages: [], refusal: 'Switched off.' }],
    ['could not be installed: No room', listing(BRAVE, { state: 'failed', reason: 'No room.' })],
  ])('is refused where it cannot be run: %s', (words, list) => {
    expect(brave(list)).toMatchObject({ program: null, refusal: expect.stringContaining(words) });
  });

  it('is none that is run where it is of another kind, as a container image', () => {
    const form = packageForm(published('io.github.github/github-mcp-server'), listing(BRAVE));
    expect(form).toMatchObject({
      program: null,
      refusal: expect.stringContaining('neither of npm nor of PyPI'),
    });
  });
});

describe('a package', () => {
  it('has arguments in their order, named ones with their names, made of fields where they have any', () => {
    const form = formOf({
      packageArguments: [
        { type: 'positional', value: 'serve' },
        { type: 'named', name: '--root', valueHint: 'folder', isRequired: true },
        { type: 'named', name: '--at', value: '{region}.example', variables: { region: { default: 'eu' } } },
      ],
    });
    expect(form.program?.arguments).toEqual([['serve'], ['--root', '{root}'], ['--at', '{region}.example']]);
    expect(form.fields).toMatchObject([
      { name: 'root', required: true, place: 'argument' },
      { name: 'region', default: 'eu' },
    ]);
  });

  it('has a flag where a named argument says yes or no, and one a line where it may be repeated', () => {
    const flag = (more: object) => ({ type: 'named', format: 'boolean', ...more });
    const form = formOf({
      packageArguments: [
        flag({ name: '--write', default: 'false' }),
        flag({ name: '--quiet', value: 'true' }),
        flag({ name: '--loud', value: 'false' }),
        flag({ name: '--color', value: '{when}' }),
        { type: 'positional', valueHint: 'folder', isRepeated: true },
        { type: 'named', name: '--tag', value: 'x={tag}', isRepeated: true },
        { type: 'named', name: '--mount', value: '{from}:{to}', isRepeated: true },
        { type: 'positional', value: 'end', isRepeated: true },
      ],
    });
    expect(form.program).toMatchObject({
      arguments: [
        ['--write', '{write}'],
        ['--quiet'],
        ['--color', '{when}'],
        ['{folder}'],
        ['--tag', 'x={tag}'],
        ['--mount', '{from}:{to}'],
        ['end'],
      ],
      flags: ['write'],
      lists: ['folder', 'tag'],
    });
    expect(form.fields[0]).toMatchObject({ name: 'write', choices: ['true', 'false'], default: 'false' });
  });

  it.each<[string, object]>([
    ['names no exact version', { version: '^1.0.0' }],
    ['names no exact version', { version: undefined }],
    ['opens a port', { transport: { type: 'streamable-http' } }],
    ['another index', { registryBaseUrl: 'https://npm.evil.example' }],
    ['how it is run', { environmentVariables: [{ name: 'NODE_OPTIONS', value: '--require=x' }] }],
    ['whose name is none', { environmentVariables: [{ name: 'A B' }] }],
    ['braces that name no variable', { environmentVariables: [{ name: 'A', value: '{"a": 1}' }] }],
    ['what runs it', { runtimeArguments: [{ type: 'named', name: '-e', value: '{x}' }] }],
  ])('that %s is not run', (words, more) => {
    expect(formOf(more)).toMatchObject({ program: null, refusal: expect.stringContaining(words) });
  });
});

describe('a program', () => {
  const form = formOf({
    environmentVariables: [
      { name: 'TOKEN', isSecret: true },
      { name: 'REGION', default: 'eu', choices: ['eu', 'us'] },
    ],
  });

  it('asks users for a secret, and for all that is left beside it', () => {
    expect(chosenProgram(form, {})).toMatchObject({
      values: {},
      auth: [
        {
          scheme: 'API_KEY',
          placement: { program: ['token', 'region'] },
          connectionFields: [
            { name: 'token', secret: true, required: false },
            { name: 'region', default: 'eu', choices: ['eu', 'us'] },
          ],
        },
      ],
    });
  });

  it('needs no account where every secret is everybody’s, and the rest is as usual', () => {
    expect(chosenProgram(form, { token: 't' })).toMatchObject({
      values: { token: 't', region: 'eu' },
      auth: [],
    });
    expect(chosenProgram(formOf(), {})).toMatchObject({ values: {}, auth: [] });
  });

  it('takes no value that it does not ask for', () => {
    expect(issuesOf(() => chosenProgram(form, { other: 'x', region: 'mars' }))).toEqual([
      'source.values.other: is not asked for; there are token, region',
      'source.values.region: must be one of eu, us',
    ]);
  });
});
