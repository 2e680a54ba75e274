import { AppError } from '@patchbay/contracts';
import type { OutboundClient } from '@patchbay/service';
import { ToolFailure, type FileReference, type ToolFile, type ToolFiles } from '@patchbay/toolkits';
import type { FilesService } from './files.service.js';
import { fileNameIn } from './content-disposition.js';

/** Whose call it is, for the files that it may read and those it leaves. */
export interface FilesOwner {
  projectId: string;
  sessionId?: string | undefined;
  toolkit: string;
  toolSlug: string;
}

/** Tools hold a file in memory: this much of it, at most. */
export const MAX_TOOL_FILE_BYTES = 25 * 1024 * 1024;

/** RFC 9110, section 8.3.1. */
const MEDIA_TYPE =
  /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(?:\s*;\s*[\w-]+=(?:"[\x20\x21\x23-\x7e]*"|[\w.+-]+))*$/;

/** The files of one call: by key what was staged, by address what lies elsewhere. */
export class CallFiles implements ToolFiles {
  constructor(
    private readonly files: FilesService,
    private readonly http: OutboundClient,
    private readonly owner: FilesOwner,
    private readonly limits: { deadline: number; signal?: AbortSignal | undefined },
  ) {}

  async read({ name, mimetype, s3key }: FileReference): Promise<ToolFile> {
    // It becomes a line of a form or of a mail, and must not begin another.
    if (!MEDIA_TYPE.test(mimetype)) {
      throw new ToolFailure(
        `Invalid request data provided: ${JSON.stringify(mimetype.slice(0, 80))} is no media type of a file: give one such as application/pdf`,
      );
    }
    const { bytes } = await this.open(s3key);
    return { name, mimetype, bytes };
  }

  /** What lies there, by the name and the type that it has there. */
  async open(keyOrAddress: string): Promise<ToolFile> {
    try {
      return /^https?:\/\//i.test(keyOrAddress)
        ? await this.fetch(new URL(keyOrAddress))
        : await this.staged(keyOrAddress);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new ToolFailure([error.message, error.suggestion].filter(Boolean).join(' '));
    }
  }

  async store({ name, mimetype, bytes }: ToolFile): Promise<FileReference & { s3url: string }> {
    try {
      const { expiresAt: _, ...reference } = await this.keep({ name, mimetype, bytes });
      return reference;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'file_too_large') throw error;
      throw new ToolFailure([error.message, error.suggestion].filter(Boolean).join(' '));
    }
  }

  /** The same, with when the link expires. */
  keep({ name, mimetype, bytes }: ToolFile): ReturnType<FilesService['keep']> {
    const { projectId, toolkit, toolSlug } = this.owner;
    return this.files.keep({ projectId, toolkit, toolSlug, filename: name, mimetype }, Buffer.from(bytes));
  }

  private async staged(key: string): Promise<ToolFile> {
    const { name, bytes } = await this.files.read(key, this.owner, MAX_TOOL_FILE_BYTES);
    return { name, mimetype: 'application/octet-stream', bytes };
  }

  /** Without any credential: the address is the caller's word. */
  private async fetch(url: URL): Promise<ToolFile> {
    const { status, headers, body } = await this.http.send({
      purpose: { for: 'given_address', toolkit: this.owner.toolkit },
      method: 'GET',
      url,
      headers: { accept: '*/*', 'user-agent': 'Patchbay' },
      timeoutMs: Math.max(this.limits.deadline - Date.now(), 1),
      maxBytes: MAX_TOOL_FILE_BYTES,
      signal: this.limits.signal,
    });
    if (status >= 300)
      throw new ToolFailure(`The file at ${url.host} could not be read: it answered ${status}.`);
    return {
      name: fileNameIn(headers['content-disposition']) ?? nameIn(url),
      mimetype: headers['content-type'] ?? 'application/octet-stream',
      bytes: body,
    };
  }
}

/** The last part of an address, as the name of the file there. */
export function nameIn(url: URL): string {
  const last = url.pathname.split('/').pop() ?? '';
  try {
    return decodeURIComponent(last) || 'file';
  } catch {
    return last;
  }
}
