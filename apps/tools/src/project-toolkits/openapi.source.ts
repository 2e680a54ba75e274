import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import { decodeText } from '@patchbay/toolkits';
import { ParsersService } from '../parsing/index.js';
import type { SourceReading } from '../imports/index.js';

const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;
const FETCH_LIMIT_MS = 20_000;

export interface OpenApiSource {
  projectId: string;
  slug: string;
  name: string | undefined;
  url?: string | undefined;
  document?: string | Record<string, unknown> | undefined;
  baseUrl?: string | undefined;
}

/** Toolkits out of OpenAPI documents. */
@Injectable()
export class OpenApiReader {
  constructor(
    private readonly http: OutboundClient,
    private readonly parsers: ParsersService,
  ) {}

  /** @throws AppError `invalid_request` with the place and the reason when the document cannot be taken */
  async read({ projectId, slug, name, ...source }: OpenApiSource): Promise<SourceReading> {
    if ((source.url === undefined) === (source.document === undefined)) {
      throw new AppError('invalid_request', 'An OpenAPI source has a url or a document.', {
        issues: ['source: either url or document'],
      });
    }
    const found =
      source.document === undefined
        ? await this.fetch(slug, new URL(String(source.url)))
        : { document: source.document };
    return this.parsers.importOpenApi(projectId, { ...found, slug, name, baseUrl: source.baseUrl });
  }

  /** The document, and where it was in the end: its relative servers start there (RFC 3986, section 5.1.3). */
  private async fetch(slug: string, from: URL): Promise<{ document: string; documentUrl: string }> {
    const { status, headers, body, url } = await this.http.send({
      // A caller who may add toolkits could otherwise read whatever lies on a private host.
      purpose: { for: 'given_address', toolkit: slug },
      method: 'GET',
      url: from,
      headers: {
        accept: 'application/json, application/yaml, text/yaml, */*;q=0.5',
        'user-agent': 'Patchbay',
      },
      timeoutMs: FETCH_LIMIT_MS,
      maxBytes: MAX_DOCUMENT_BYTES,
    });
    if (status !== 200) {
      throw new AppError('invalid_request', `${url.host} answered ${status} instead of a document.`, {
        issues: ['source.url: must answer the document'],
        suggestion:
          status === 401 || status === 403
            ? 'It is fetched without a credential: send the document itself as source.document.'
            : 'Open the address in a browser: it has to answer the document itself, with status 200.',
      });
    }
    return { document: decodeText(body, headers['content-type']), documentUrl: url.href };
  }
}
