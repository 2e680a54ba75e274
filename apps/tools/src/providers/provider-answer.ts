import { isDeepJson, readJson } from '@patchbay/contracts';
import type { OutboundResponse } from '@patchbay/service';
import { decodeText } from '@patchbay/toolkits';
import { nameIn, fileNameIn } from '../files/index.js';

export function textOfBody({ body, headers }: OutboundResponse): string {
  return decodeText(body, headers['content-type'] ?? 'application/json');
}

export function readBody(response: OutboundResponse): unknown {
  return readText(textOfBody(response));
}

/** JSON as what it says, anything else as text, nothing as `{}`. JSON nested without end is a text, too. */
export function readText(text: string): unknown {
  if (text === '') return {};
  if (isDeepJson(text)) return text;
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

export function mimetypeOf({ headers }: OutboundResponse): string {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() || 'application/json';
}

/** Whether it cannot be read as text. */
export function isFile(response: OutboundResponse): boolean {
  if (response.body.length === 0 || /charset=/i.test(response.headers['content-type'] ?? '')) return false;
  return !/^text\/|[/+](json|xml|yaml|x-yaml|javascript|graphql|x-ndjson|x-www-form-urlencoded)$/.test(
    mimetypeOf(response),
  );
}

/** What a file is called: as its sender says (RFC 6266), or as its address ends. */
export function nameOf({ headers, url }: OutboundResponse): string {
  return fileNameIn(headers['content-disposition']) ?? nameIn(url);
}
