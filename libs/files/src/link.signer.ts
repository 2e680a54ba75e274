import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '@patchbay/contracts';
import type { SignedUrl } from './file.storage.js';

/** The route under which the gateway serves files on disk. */
export const FILES_ROUTE = '/files/';

/** Links to files on disk: what may be done with which file, and until when, under a signature. */
export class LinkSigner {
  constructor(
    private readonly baseUrl: string,
    private readonly secret: string,
  ) {}

  sign(method: 'GET' | 'PUT', key: string, seconds: number, about: Record<string, string>): SignedUrl {
    const expiresAt = new Date(Math.ceil((Date.now() + seconds * 1000) / 1000) * 1000);
    const query = new URLSearchParams({ ...about, expires: String(expiresAt.getTime() / 1000) });
    query.set('signature', this.signature(method, key, query));
    const path = key.split('/').map(encodeURIComponent).join('/');
    return { url: `${this.baseUrl}${FILES_ROUTE}${path}?${query.toString()}`, expiresAt };
  }

  /**
   * What the link says about its file.
   * @throws AppError `file_link_invalid` when it has expired, was changed, or is not ours
   */
  verify(method: string, key: string, search: string): Record<string, string> {
    const query = new URLSearchParams(search);
    const given = Buffer.from(query.get('signature') ?? '');
    query.delete('signature');
    const right = Buffer.from(this.signature(method === 'PUT' ? 'PUT' : 'GET', key, query));
    const isRight = given.length === right.length && timingSafeEqual(given, right);
    if (!isRight || Number(query.get('expires')) * 1000 < Date.now()) {
      throw new AppError('file_link_invalid', 'The link to the file has expired or is malformed.', {
        suggestion: 'Ask for a new one.',
      });
    }
    return Object.fromEntries(query);
  }

  private signature(method: string, key: string, query: URLSearchParams): string {
    const hmac = createHmac('sha256', this.secret);
    return hmac.update(JSON.stringify([method, key, query.toString()])).digest('base64url');
  }
}
