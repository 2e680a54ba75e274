import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageName, stdioSettings } from './stdio.settings.js';

const read = (allowed: string) =>
  z.object(stdioSettings).parse({ PATCHBAY_STDIO_ALLOWED: allowed }).PATCHBAY_STDIO_ALLOWED;
const DIGEST = 'a'.repeat(64);

describe('PATCHBAY_STDIO_ALLOWED', () => {
  it('lists packages in one version each, with the hosts that they may reach', () => {
    expect(
      read(
        `npm:@acme/server@1.2.3=API.acme.com|data.acme.com:8443, pypi:acme-server@2.0+cpu, npm:plain@1.0.0#${DIGEST}`,
      ),
    ).toEqual([
      {
        registryType: 'npm',
        identifier: '@acme/server',
        version: '1.2.3',
        digest: null,
        hosts: ['api.acme.com', 'data.acme.com:8443'],
      },
      { registryType: 'pypi', identifier: 'acme-server', version: '2.0+cpu', digest: null, hosts: [] },
      { registryType: 'npm', identifier: 'plain', version: '1.0.0', digest: DIGEST, hosts: [] },
    ]);
    expect(read('')).toEqual([]);
  });

  it.each([
    'npm:acme',
    'npm:acme@^1.0.0',
    'npm:acme@',
    'acme@1.0.0',
    'npm:../acme@1.0.0',
    'npm:@acme/../../x@1.0.0',
    'npm:file:x@1.0.0',
    'pypi:acme[extra]@1',
    'npm:acme@1.0.0#abc',
    'npm:acme@1.0.0=https://acme.com',
    'npm:acme@1.0.0=acme.com/path',
    'npm:--registry@1.0.0',
    'npm:acme@1.0.0,npm:acme@1.0.0',
    'pypi:acme_server@1,pypi:Acme.Server@1',
  ])('refuses %s', (entry) => {
    expect(() => read(entry)).toThrow(/PATCHBAY_STDIO_ALLOWED/);
  });

  it('takes a name of PyPI however it is written, and one of npm as it is', () => {
    const name = (registryType: 'npm' | 'pypi', identifier: string) =>
      packageName({ registryType, identifier, version: '1' });
    expect(name('pypi', 'Acme_Server')).toBe(name('pypi', 'acme-server'));
    expect(name('npm', 'acme_server')).not.toBe(name('npm', 'acme-server'));
  });
});
