import { toMarkdown } from '../parsing/html-markdown.js';
import { readHtml } from '../parsing/read-html.js';

/** @param data as Gmail gives it, in base64url */
export function mailToMarkdown(data: string): string {
  const document = readHtml(Buffer.from(data, 'base64url').toString('utf8'));
  for (const element of document.querySelectorAll('style,script,title')) element.remove();
  return toMarkdown(document.querySelector('body') ?? document);
}
