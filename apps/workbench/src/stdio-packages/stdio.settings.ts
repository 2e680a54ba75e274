import { listSetting } from '@patchbay/service';
import { z } from 'zod';

/** A package of the operator's list. */
export interface AllowedPackage {
  registryType: 'npm' | 'pypi';
  identifier: string;
  version: string;
  /** What its installed files must come to; null for whatever the index has. */
  digest: string | null;
  /** `host` or `host:port`, in lower case. */
  hosts: string[];
}

const NPM = String.raw`npm:(?:@[a-z0-9~][a-z0-9._~-]*/)?[a-zA-Z0-9~][a-zA-Z0-9._~-]*`;
const PYPI = String.raw`pypi:[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?`;
const HOST = String.raw`(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?`;
const ENTRY = new RegExp(
  String.raw`^(${NPM}|${PYPI})@([a-zA-Z0-9][a-zA-Z0-9.!+_-]*)(?:#([0-9a-f]{64}))?(?:=(${HOST}(?:\|${HOST})*))?$`,
);

const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);
const address = z.url({ protocol: /^https?$/ });

/** How npm and pip reach the outside where it is not reached directly, by the names that they know themselves. */
export const installerEnvironment = {
  HTTP_PROXY: z.string().min(1).optional(),
  HTTPS_PROXY: z.string().min(1).optional(),
  NO_PROXY: z.string().min(1).optional(),
  NODE_EXTRA_CA_CERTS: z.string().min(1).optional(),
  PIP_CERT: z.string().min(1).optional(),
};

export const stdioSettings = {
  /** MCP servers that may be run as programs, each in one version; empty: none. */
  PATCHBAY_STDIO_ALLOWED: listSetting
    .refine((entries) => entries.every((entry) => ENTRY.test(entry)), {
      message:
        'must look like npm:@acme/server@1.2.3,pypi:acme-server@1.2.3=api.acme.com|data.acme.com:8443: a kind, a package, one version, and the hosts that it may reach',
    })
    .transform((entries) => entries.map(readAllowedPackage))
    .refine((all) => new Set(all.map(packageName)).size === all.length, {
      message: 'names a package in the same version twice',
    }),
  /** Processes of one replica at once. */
  PATCHBAY_STDIO_MAX_PROCESSES: count(20),
  /** After this long without a message a process is ended. */
  PATCHBAY_STDIO_IDLE_SECONDS: count(300),
  /** Where packages are kept that were installed. */
  PATCHBAY_STDIO_DIR: z.string().min(1).default('.patchbay/stdio'),
  /** Megabytes that one package may have, with all that it needs. */
  PATCHBAY_STDIO_PACKAGE_MB: count(512),
  /** The longest that installing one may take. */
  PATCHBAY_STDIO_INSTALL_SECONDS: count(300),
  /** Where packages come from; by default the public registry, and the public index. */
  PATCHBAY_STDIO_NPM_REGISTRY: address.optional(),
  PATCHBAY_STDIO_PYPI_INDEX: address.optional(),
  ...installerEnvironment,
};

/** @param entry as PATCHBAY_STDIO_ALLOWED has it, and fits the pattern */
export function readAllowedPackage(entry: string): AllowedPackage {
  const [, name = '', version = '', digest = null, hosts = ''] = ENTRY.exec(entry) ?? [];
  const at = name.indexOf(':');
  return {
    registryType: name.slice(0, at) as AllowedPackage['registryType'],
    identifier: name.slice(at + 1),
    version,
    digest,
    hosts: hosts.toLowerCase().split('|').filter(Boolean),
  };
}

/** Names on PyPI are compared in this form (PEP 503). */
export function pythonName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** One text for one package in one version, however it is written. */
export function packageName({
  registryType,
  identifier,
  version,
}: Pick<AllowedPackage, 'registryType' | 'identifier' | 'version'>): string {
  const name = registryType === 'pypi' ? pythonName(identifier) : identifier;
  return `${registryType}:${name}@${version}`;
}
