import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';

/** What the build of `apps/console` leaves; beside the gateway's own. */
const FOLDER = fileURLToPath(new URL('../../../console/dist/', import.meta.url));
const PAGE = 'index.html';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
/** Already small, or too small to be worth it. */
const COMPRESSED = new Set(['.png', '.webp', '.ico', '.woff2']);
const WORTH_BYTES = 1_024;
/** The best takes several times as long for a few hundredths less. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };

export type Encoding = 'br' | 'gzip' | 'identity';

/** A file of the console as browsers get it. */
export interface ConsoleFile {
  type: string;
  etag: string;
  /** Of a name that changes with what is in it. */
  isImmutable: boolean;
  isCompressible: boolean;
  bytes: Buffer;
  encoded: Partial<Record<Encoding, Promise<Buffer>>>;
}

interface Build {
  /** When the page was written: another one is another build. */
  at: number;
  files: Map<string, ConsoleFile>;
}

/** The console's files, read when somebody first asks, and again after a build. Nothing else of the disk can be asked for. */
@Injectable()
export class ConsoleFiles {
  private build: Promise<Build> | undefined;

  /** Another folder in tests. */
  protected readonly folder: string = FOLDER;

  /** @returns undefined while the console is not built */
  async page(): Promise<string | undefined> {
    const build = await this.current();
    return build?.files.get(PAGE)?.bytes.toString();
  }

  /** @param name below `/console/`, as `assets/index-5fK2.js` */
  async file(name: string): Promise<ConsoleFile | undefined> {
    const build = await this.current();
    return name === PAGE ? undefined : build?.files.get(name);
  }

  /** Compressed once, for whoever asks first. */
  async encoded(file: ConsoleFile, accepted: string): Promise<{ encoding: Encoding; bytes: Buffer }> {
    const encoding = encodingFor(file, accepted);
    file.encoded[encoding] ??= encode(file.bytes, encoding);
    return { encoding, bytes: await file.encoded[encoding] };
  }

  private async current(): Promise<Build | undefined> {
    const at = await stat(join(this.folder, PAGE)).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (at === undefined) return undefined;
    if ((await this.build?.catch(() => undefined))?.at !== at) this.build = this.read(at);
    return this.build;
  }

  private async read(at: number): Promise<Build> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = new Map<string, ConsoleFile>();
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(this.folder, path).split(sep).join('/');
      const type = TYPES[extname(name)];
      if (type) files.set(name, fileOf(name, type, await readFile(path)));
    }
    return { at, files };
  }
}

function fileOf(name: string, type: string, bytes: Buffer): ConsoleFile {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  const isCompressible = bytes.length >= WORTH_BYTES && !COMPRESSED.has(extname(name));
  return { type, etag, isImmutable: name.startsWith('assets/'), isCompressible, bytes, encoded: {} };
}

function encodingFor({ isCompressible }: ConsoleFile, accepted: string): Encoding {
  if (!isCompressible) return 'identity';
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}

function encode(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'br') return promisify(brotliCompress)(bytes, BROTLI);
  return encoding === 'gzip' ? promisify(gzip)(bytes, { level: 9 }) : Promise.resolve(bytes);
}
