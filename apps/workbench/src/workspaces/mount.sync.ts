import { Readable } from 'node:stream';
import { AppError } from '@patchbay/contracts';
import { mountFolder, type FileInfo, type FileStorage } from '@patchbay/files';
import type { AgentClient } from '../agent/agent.client.js';
import { Done, Listing, MAX_FILES, Piece, type FileEntry } from '../agent/answers.js';
import { NotTaken } from './not-taken.js';

export const MOUNT = '/mnt/files';
const PIECE_BYTES = 1024 * 1024;
const PAGE = 1000;
const REQUEST_LIMIT_MS = 30_000;
/** For all files together, in each direction: what a sandbox makes of it is not waited for longer. */
const SYNC_LIMIT_MS = 120_000;

/** What both sides looked like when they were last the same. */
interface Known {
  stored: string;
  inside: string;
}

/**
 * Keeps a session's mount and the sandbox's /mnt/files the same: before a run what came from outside goes in, after
 * it what was written inside goes out. All reading is done by the agent, so that no link in the sandbox is followed
 * on the host. What the agent says of files is bounded as if they were anything: in number, in size and in time.
 */
export class MountSync {
  private readonly known = new Map<string, Known>();
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

  /** @returns what could not be taken over, in words; null when all was */
  async pull(): Promise<string | null> {
    const outside = await this.stored();
    const until = Date.now() + SYNC_LIMIT_MS;
    const left = new NotTaken(`Not brought into the sandbox, whose files may have ${this.maxBytes} bytes`);
    let size = 0;
    for (const [path, info] of outside) {
      size += info.size;
      if (this.known.get(path)?.stored === print(info)) continue;
      if (size > this.maxBytes) left.add(path, 'more than fits');
      else if (Date.now() > until) left.add(path, 'it took too long');
      else await this.unless(left, path, () => this.bring(path, info));
    }
    for (const path of this.known.keys()) {
      if (outside.has(path)) continue;
      await this.unless(left, path, () => this.remove(path));
      this.known.delete(path);
    }
    return left.inWords();
  }

  /** @returns what could not be kept, in words; null when all was */
  async push(): Promise<string | null> {
    const given = { root: MOUNT, limit: MAX_FILES };
    const listing = await this.agent.request('list', given, Listing, REQUEST_LIMIT_MS);
    const until = Date.now() + SYNC_LIMIT_MS;
    const left = new NotTaken('Not kept');
    const present = new Set<string>();
    let size = 0;
    for (const file of listing.files) {
      const path = file.path.slice(MOUNT.length + 1);
      if (file.isLink || !file.path.startsWith(`${MOUNT}/`)) continue;
      present.add(path);
      // Holes take no room in the sandbox, but they do where files are kept.
      size += file.size;
      if (this.known.get(path)?.inside === mark(file)) continue;
      if (size > this.maxBytes) left.add(path, `all together have more than ${this.maxBytes} bytes`);
      else if (Date.now() > until) left.add(path, 'it took too long');
      else if (!(await this.send(path, file))) left.add(path, 'its name or size is not possible');
    }
    if (listing.complete) await this.removeAllBut(present);
    else left.add('others', `they are more than ${MAX_FILES}, too deep in folders, or cannot be read`);
    return left.inWords();
  }

  /** One file at once, as it is, in the middle of a run. */
  async pushOne(path: string): Promise<void> {
    const { files } = await this.agent.request('stat', { path }, Listing, REQUEST_LIMIT_MS);
    const [file] = files;
    if (!file || file.isLink || !this.keyOf(path) || file.size > this.maxBytes) return;
    await this.send(path.slice(MOUNT.length + 1), file);
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

  /** What code in the sandbox put in the way of a file is a matter of that file, and not of the run. */
  private async unless(left: NotTaken, path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error;
      left.add(path, error.message);
    }
  }

  private async remove(path: string): Promise<void> {
    await this.agent.request('remove', { path: inside(path) }, Done, REQUEST_LIMIT_MS);
  }

  private async bring(path: string, info: FileInfo): Promise<void> {
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
    this.known.set(path, { stored: print(info), inside: mark({ size: offset, modified }) });
  }

  private async send(path: string, file: FileEntry): Promise<boolean> {
    const key = this.folder + path;
    try {
      await this.storage.put(key, Readable.from(this.read(file)), { maxBytes: this.maxBytes });
    } catch {
      // A name that no storage takes, or a file that shrank or vanished while it was read.
      return false;
    }
    const info = await this.storage.stat(key);
    if (info) this.known.set(path, { stored: print(info), inside: mark(file) });
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
const print = ({ size, modifiedAt }: FileInfo) => `${size} ${modifiedAt.getTime()}`;
const mark = ({ size, modified }: { size: number; modified: number }) => `${size} ${modified}`;

async function* pieces(content: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of content as AsyncIterable<Buffer>) {
    for (let begin = 0; begin < chunk.length; begin += PIECE_BYTES) {
      yield chunk.subarray(begin, begin + PIECE_BYTES);
    }
  }
}
