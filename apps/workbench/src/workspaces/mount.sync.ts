import { Readable } from 'node:stream';
import { AppError } from '@patchbay/contracts';
import { mountFolder, type FileInfo, type FileStorage } from '@patchbay/files';
import { type AgentClient, Done, type FileEntry, Listing, MAX_FILES, Piece } from '../agent/index.js';
import { SkippedFiles } from './skipped-files.js';

export const MOUNT = '/mnt/files';
const PIECE_BYTES = 1024 * 1024;
const PAGE = 1000;
const REQUEST_LIMIT_MS = 30_000;
/** For all files together, in each direction, however slow the sandbox is. */
const SYNC_LIMIT_MS = 120_000;

/** Versions of a file on both sides when they were last in sync. */
interface Synced {
  stored: string;
  inside: string;
}

/**
 * Keeps a session's mount and the sandbox's /mnt/files the same: before a run what came from outside goes in, after
 * it what was written inside goes out. All reading is done by the agent, so that no link in the sandbox is followed
 * on the host. What the agent reports is not trusted: it is bounded in number, in size and in time.
 */
export class MountSync {
  private readonly known = new Map<string, Synced>();
  private readonly folder: string;

  constructor(
    private readonly agent: AgentClient,
    private readonly storage: FileStorage,
    session: { projectId: string; id: string },
    private readonly maxBytes: number,
  ) {
    this.folder = mountFolder(session.projectId, session.id);
  }

  /** The key under which a file of the sandbox is kept; undefined for what is not in the mount. */
  keyOf(path: string): string | undefined {
    const relative = path.slice(MOUNT.length + 1);
    const leaves = relative.split('/').some((name) => name === '' || name === '.' || name === '..');
    return path.startsWith(`${MOUNT}/`) && !leaves ? this.folder + relative : undefined;
  }

  /** @returns a notice of the files that were skipped; null when none was */
  async pull(): Promise<string | null> {
    const outside = await this.stored();
    const until = Date.now() + SYNC_LIMIT_MS;
    const skipped = new SkippedFiles(
      `Not brought into the sandbox, whose files may have ${this.maxBytes} bytes`,
    );
    let size = 0;
    for (const [path, info] of outside) {
      size += info.size;
      if (this.known.get(path)?.stored === versionOf(info)) continue;
      if (size > this.maxBytes) skipped.add(path, 'more than fits');
      else if (Date.now() > until) skipped.add(path, 'it took too long');
      else await this.skipOnError(skipped, path, () => this.download(path, info));
    }
    for (const path of this.known.keys()) {
      if (outside.has(path)) continue;
      await this.skipOnError(skipped, path, () => this.remove(path));
      this.known.delete(path);
    }
    return skipped.describe();
  }

  /** @returns a notice of the files that could not be stored; null when all were */
  async push(): Promise<string | null> {
    const given = { root: MOUNT, limit: MAX_FILES };
    const listing = await this.agent.request('list', given, Listing, REQUEST_LIMIT_MS);
    const until = Date.now() + SYNC_LIMIT_MS;
    const skipped = new SkippedFiles('Not kept');
    const present = new Set<string>();
    let size = 0;
    for (const file of listing.files) {
      const path = file.path.slice(MOUNT.length + 1);
      if (file.isLink || !file.path.startsWith(`${MOUNT}/`)) continue;
      present.add(path);
      // Holes of sparse files take no room in the sandbox, but they do in storage.
      size += file.size;
      if (this.known.get(path)?.inside === stampOf(file)) continue;
      if (size > this.maxBytes) skipped.add(path, `all together have more than ${this.maxBytes} bytes`);
      else if (Date.now() > until) skipped.add(path, 'it took too long');
      else if (!(await this.upload(path, file))) skipped.add(path, 'its name or size is not possible');
    }
    if (listing.complete) await this.removeAllBut(present);
    else skipped.add('others', `they are more than ${MAX_FILES}, too deep in folders, or cannot be read`);
    return skipped.describe();
  }

  /** One file at once, as it is, in the middle of a run. */
  async pushOne(path: string): Promise<void> {
    const { files } = await this.agent.request('stat', { path }, Listing, REQUEST_LIMIT_MS);
    const [file] = files;
    if (!file || file.isLink || !this.keyOf(path) || file.size > this.maxBytes) return;
    await this.upload(path.slice(MOUNT.length + 1), file);
  }

  private async stored(): Promise<Map<string, FileInfo>> {
    const found = new Map<string, FileInfo>();
    let after: string | undefined;
    for (;;) {
      const page = await this.storage.list(this.folder, { limit: PAGE, after });
      for (const info of page) found.set(info.key.slice(this.folder.length), info);
      after = page.at(-1)?.key;
      if (page.length < PAGE || found.size >= MAX_FILES) return found;
    }
  }

  /** A file that code in the sandbox made impossible to write is skipped; the run goes on. */
  private async skipOnError(skipped: SkippedFiles, path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error;
      skipped.add(path, error.message);
    }
  }

  private async remove(path: string): Promise<void> {
    await this.agent.request('remove', { path: inside(path) }, Done, REQUEST_LIMIT_MS);
  }

  private async download(path: string, info: FileInfo): Promise<void> {
    const { content } = await this.storage.open(info.key);
    const modified = info.modifiedAt.getTime() * 1000;
    const write = (piece: Buffer, offset: number, isLast: boolean) =>
      this.agent.request(
        'write',
        {
          path: inside(path),
          offset,
          data: piece.toString('base64'),
          ...(isLast && { modified, mode: 0o644 }),
        },
        Done,
        REQUEST_LIMIT_MS,
      );
    let offset = 0;
    for await (const piece of pieces(content)) {
      await write(piece, offset, false);
      offset += piece.length;
    }
    await write(Buffer.alloc(0), offset, true);
    this.known.set(path, { stored: versionOf(info), inside: stampOf({ size: offset, modified }) });
  }

  private async upload(path: string, file: FileEntry): Promise<boolean> {
    const key = this.folder + path;
    try {
      await this.storage.put(key, Readable.from(this.read(file)), { maxBytes: this.maxBytes });
    } catch {
      // A name that no storage takes, or a file that shrank or vanished while it was read.
      return false;
    }
    const info = await this.storage.stat(key);
    if (info) this.known.set(path, { stored: versionOf(info), inside: stampOf(file) });
    return true;
  }

  private async *read({ path, size }: FileEntry): AsyncGenerator<Buffer> {
    const until = Date.now() + SYNC_LIMIT_MS;
    let offset = 0;
    while (offset < size) {
      const length = Math.min(PIECE_BYTES, size - offset);
      const { data } = await this.agent.request('read', { path, offset, length }, Piece, REQUEST_LIMIT_MS);
      const piece = Buffer.from(data, 'base64').subarray(0, length);
      if (piece.length === 0) return;
      if (Date.now() > until) throw new Error('the file comes too slowly');
      offset += piece.length;
      yield piece;
    }
  }

  private async removeAllBut(present: ReadonlySet<string>): Promise<void> {
    for (const path of this.known.keys()) {
      if (present.has(path)) continue;
      await this.storage.remove(this.folder + path);
      this.known.delete(path);
    }
  }
}

const inside = (path: string) => `${MOUNT}/${path}`;
const versionOf = ({ size, modifiedAt }: FileInfo) => `${size} ${modifiedAt.getTime()}`;
const stampOf = ({ size, modified }: { size: number; modified: number }) => `${size} ${modified}`;

async function* pieces(content: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of content as AsyncIterable<Buffer>) {
    for (let begin = 0; begin < chunk.length; begin += PIECE_BYTES) {
      yield chunk.subarray(begin, begin + PIECE_BYTES);
    }
  }
}
