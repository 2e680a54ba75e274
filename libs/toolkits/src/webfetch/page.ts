import type { HTMLElement } from 'node-html-parser';
import { toMarkdown } from '../parsing/html-markdown.js';
import { readHtml } from '../parsing/read-html.js';
import { decodeText } from '../text/decode-text.js';

export interface PageSource {
  bytes: Uint8Array;
  /** With its parameters, as the sender has it. */
  contentType: string;
  format: 'markdown' | 'text' | 'html';
  mainOnly: boolean;
  /** What relative links are meant from. */
  base: string;
}
export interface PageReading {
  title: string | null;
  content: string;
}

const NEVER = 'script,style,noscript,template,iframe,svg,link,meta';
const AROUND =
  'nav,header,footer,aside,form,dialog,[role=navigation],[role=banner],[role=contentinfo],[aria-hidden=true]';

/** The content of a page, without what only a browser needs. */
export function readPage({ bytes, contentType, format, mainOnly, base }: PageSource): PageReading {
  const document = readHtml(decodeText(bytes, contentType));
  const title = document.querySelector('title')?.text.trim() || null;
  for (const element of document.querySelectorAll(NEVER)) element.remove();
  const body = document.querySelector('body') ?? document;
  const content = mainOnly ? mainPart(body) : body;
  for (const link of content.querySelectorAll('a[href]')) absolute(link, 'href', base);
  for (const image of content.querySelectorAll('img[src]')) absolute(image, 'src', base);
  if (format === 'html') return { title, content: content.innerHTML.trim() };
  const text = format === 'text' ? plain(content) : toMarkdown(content);
  return { title, content: text.trim() };
}

/** Pages that say where their content is are believed; of the others only the surroundings are dropped. */
function mainPart(body: HTMLElement): HTMLElement {
  const articles = body.querySelectorAll('article');
  const main = body.querySelector('main,[role=main]') ?? (articles.length === 1 ? articles[0] : undefined);
  const part = main ?? body;
  for (const element of part.querySelectorAll(AROUND)) element.remove();
  return part;
}

function absolute(element: HTMLElement, attribute: string, base: string): void {
  const address = element.getAttribute(attribute) ?? '';
  if (URL.canParse(address, base)) element.setAttribute(attribute, new URL(address, base).href);
}

function plain(content: HTMLElement): string {
  return content.structuredText.replace(/[ \t]+/g, ' ').replace(/\n{3,}/g, '\n\n');
}
