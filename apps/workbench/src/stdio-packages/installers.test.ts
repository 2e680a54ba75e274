import { expect, it } from 'vitest';
import { installerOf } from './installers.js';
import { readAllowedPackage } from './stdio.settings.js';

const config = {
  PATH: process.env['PATH'] ?? '',
  PATCHBAY_WORKBENCH_PYTHON: '/usr/bin/python3',
  PATCHBAY_STDIO_INSTALL_SECONDS: 300,
  PATCHBAY_STDIO_PACKAGE_MB: 512,
};

it('an installer has what leads outwards of the environment, and nothing else', async () => {
  const outwards = { HTTPS_PROXY: 'http://proxy.acme:3128', NODE_EXTRA_CA_CERTS: '/etc/acme.pem' };
  // With something else that the service knows.
  const given = { ...config, ...outwards, DATABASE_URL: 'postgres://secret' };
  const folders = { folder: '/tmp/package', scratch: '/tmp/scratch' };
  const { environment } = await installerOf(readAllowedPackage('npm:@acme/server@1.0.0'), folders, given);
  expect(environment).toEqual({
    PATH: config.PATH,
    HOME: '/tmp/scratch',
    TMPDIR: '/tmp/scratch',
    LANG: 'C.UTF-8',
    ...outwards,
  });
});
