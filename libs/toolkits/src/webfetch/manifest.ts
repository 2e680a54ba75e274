import { z } from 'zod';
import { icon } from '../icon.js';
import { functionTool, type ToolkitSpec } from '../toolkit.js';
import { ToolFailure } from '../tool-runtime.js';
import { decodeText } from '../text/decode-text.js';

const Page = z.object({
  url: z.string().describe('Where it came from in the end.'),
  title: z.string().nullable(),
  content_type: z.string(),
  content: z.string(),
  total_length: z.int().describe('Letters of the whole content.'),
  next_start: z.int().nullable().describe('Where to go on reading; null at the end.'),
});
const TEXTUAL =
  /^(text\/|application\/(json|xml|xhtml\+xml|rss\+xml|atom\+xml|ld\+json|javascript|yaml))|\+(json|xml)$/;

/** Reads public pages, through the same guarded client as everything else: private addresses stay out of reach. */
export const webfetch: ToolkitSpec = {
  slug: 'webfetch',
  name: 'Web Fetch',
  description: 'Reads public web pages as Markdown, text or HTML; needs no account.',
  logo: icon(
    '#0f766e',
    '<circle cx="12" cy="12" r="7"/><path d="M5 12h14M12 5c4 4.500 4 9.500 0 14M12 5c-4 4.500-4 9.500 0 14"/>',
  ),
  categories: ['ai web scraping'],
  version: '20261122_00',
  tools: [
    functionTool({
      slug: 'WEBFETCH_FETCH_PAGE',
      name: 'Fetch page',
      description:
        'Fetches a public web page and gives its content as Markdown, plain text or HTML; long pages are read piece by piece.',
      input: z.object({
        url: z.url({ protocol: /^https?$/ }).describe('Address of the page, with https://.'),
        format: z.enum(['markdown', 'text', 'html']).default('markdown').describe('Form of the content.'),
        main_content_only: z
          .boolean()
          .default(true)
          .describe('Whether menus, headers and footers around the content are left out.'),
        max_length: z.int().min(100).max(200_000).default(20_000).describe('Letters at most.'),
        start: z.int().min(0).default(0).describe('`next_start` of the piece before.'),
      }),
      output: Page,
      tags: ['important', 'readOnlyHint', 'openWorldHint'],
      run: async ({ url, format, main_content_only, max_length, start }, { http, parse }) => {
        const response = await http.download({
          method: 'GET',
          url,
          headers: { accept: 'text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5' },
        });
        const told = response.headers['content-type'] ?? 'text/plain';
        const content_type = (told.split(';')[0] ?? '').trim().toLowerCase();
        if (!TEXTUAL.test(content_type)) {
          throw new ToolFailure(`${url} is no page but ${content_type}: its content cannot be read as text.`);
        }
        const { bytes } = response;
        const { title, content } = content_type.includes('html')
          ? await parse('page', {
              bytes,
              contentType: told,
              format,
              mainOnly: main_content_only,
              base: response.url,
            })
          : { title: null, content: decodeText(bytes, told) };
        const end = Math.min(start + max_length, content.length);
        return {
          url: response.url,
          title,
          content_type,
          content: content.slice(start, end),
          total_length: content.length,
          next_start: end < content.length ? end : null,
        };
      },
    }),
  ],
};
