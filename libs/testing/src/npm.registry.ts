import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { LocalServer } from './local.server.js';

/** A package as its registry serves it. */
export interface NpmPackage {
  name: string;
  version: string;
  /** By their path in the package. */
  files: Record<string, string>;
  /** What else its package.json says: commands, scripts, dependencies. */
  manifest?: Record<string, unknown>;
}

/** The MCP server that is a program, as a package with a script that must not run. */
export function stdioServerPackage(name = '@patchbay-test/stdio-server', version = '1.0.0'): NpmPackage {
  return {
    name,
    version,
    files: { 'server.mjs': readFileSync(new URL('../stdio/server.mjs', import.meta.url), 'utf8') },
    manifest: {
      type: 'module',
      bin: { 'stdio-server': 'server.mjs' },
      scripts: { install: 'echo ran > ran-at-install' },
    },
  };
}

/**
 * An npm registry with a few packages, and the paths that it was asked for.
 * @param others the address of the one where those go on who ask for any other
 */
export async function startNpmRegistry(
  packages: readonly NpmPackage[],
  others?: string,
): Promise<LocalServer & { asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    asked.push(path);
    const ofName = packages.filter(({ name }) => name === path);
    const archived = packages.find((one) => path === `${one.name}/-/${one.version}.tgz`);
    if (archived) return response.end(archiveOf(archived));
    if (ofName.length === 0) {
      if (!others) return response.writeHead(404).end('{}');
      return response.writeHead(302, { location: new URL(request.url ?? '/', others).href }).end();
    }
    const { port } = server.address() as AddressInfo;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(documentOf(ofName, `http://127.0.0.1:${port}`)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

function documentOf(packages: readonly NpmPackage[], url: string) {
  const versions = packages.map((one) => {
    const dist = {
      tarball: `${url}/${one.name}/-/${one.version}.tgz`,
      integrity: `sha512-${createHash('sha512').update(archiveOf(one)).digest('base64')}`,
    };
    return [one.version, { ...manifestOf(one), dist }] as const;
  });
  const latest = packages.at(-1)?.version;
  return { name: packages[0]?.name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) };
}

function manifestOf({ name, version, manifest }: NpmPackage) {
  return { name, version, ...manifest };
}

/** The same bytes whenever it is asked for: gzip notes no time here. */
function archiveOf(one: NpmPackage): Buffer {
  const files = { 'package.json': JSON.stringify(manifestOf(one)), ...one.files };
  const parts = Object.entries(files).flatMap(([path, text]) => tarEntry(`package/${path}`, text));
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}

/** POSIX.1-1988 tar, `ustar`. */
function tarEntry(path: string, text: string): Buffer[] {
  const content = Buffer.from(text);
  const head = Buffer.alloc(512);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  head.write(path, 0, 100);
  head.write(octal(0o644, 8), 100);
  head.write(octal(0, 8), 108);
  head.write(octal(0, 8), 116);
  head.write(octal(content.length, 12), 124);
  head.write(octal(0, 12), 136);
  head.write(' '.repeat(8), 148);
  head.write('0', 156);
  head.write('ustar\0', 257);
  head.write('00', 263);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}
