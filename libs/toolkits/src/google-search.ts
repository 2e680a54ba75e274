import { z } from 'zod';
import { googleScopes } from './google.js';
import { quoted } from './googledrive/fields.js';
import { requestTool, type FunctionTool } from './toolkit.js';

const Found = z.looseObject({ id: z.string(), name: z.string().optional() });

/** Finds Google's own documents of one kind: they lie in Drive, whatever made them. */
export function searchInDrive(about: {
  slug: string;
  name: string;
  /** What they are called, in the description and in the answer. */
  things: 'spreadsheets' | 'documents';
  mimeType: string;
}): FunctionTool {
  const { slug, name, things, mimeType } = about;
  return requestTool({
    slug,
    name,
    description: `Finds ${things} by words in their name or content, by date, star or who shared them.`,
    input: z.object({
      query: z.string().optional().describe("Words to find, or an expression in Drive's own words."),
      created_after: z.string().optional().describe('Only those made after this, as 2026-03-01T00:00:00Z.'),
      modified_after: z.string().optional().describe('Only those changed after this.'),
      include_trashed: z.boolean().default(false).describe('Whether those in the bin count too.'),
      shared_with_me: z.boolean().default(false).describe('Only those that others shared.'),
      starred_only: z.boolean().default(false).describe('Only those with a star.'),
      order_by: z.string().default('modifiedTime desc').describe('What to sort by, such as name.'),
      max_results: z.int().min(1).max(1000).default(10).describe('How many at most.'),
      page_token: z.string().optional().describe('`next_page_token` of the page before.'),
    }),
    output: z.object({
      [things]: z.array(Found),
      total_found: z.int().describe('How many are in this answer.'),
      next_page_token: z.string().optional(),
    }),
    tags: ['readOnlyHint'],
    scopes: googleScopes('drive.readonly'),
    request: (given) => ({
      method: 'GET',
      url: 'https://www.googleapis.com/drive/v3/files',
      query: {
        q: [
          `mimeType = '${mimeType}'`,
          !given.include_trashed && 'trashed = false',
          given.query && wordsOrExpression(given.query),
          given.created_after && `createdTime > ${quoted(given.created_after)}`,
          given.modified_after && `modifiedTime > ${quoted(given.modified_after)}`,
          given.shared_with_me && 'sharedWithMe = true',
          given.starred_only && 'starred = true',
        ]
          .filter(Boolean)
          .join(' and '),
        orderBy: given.order_by,
        pageSize: given.max_results,
        pageToken: given.page_token,
        supportsAllDrives: true,
        includeItemsFromAllDrives: true,
        fields:
          'nextPageToken,files(id,name,mimeType,createdTime,modifiedTime,owners,webViewLink,starred,shared)',
      },
    }),
    answer: (body) => {
      const { files, nextPageToken } = z
        .object({ files: z.array(Found).default([]), nextPageToken: z.string().optional() })
        .parse(body);
      return { [things]: files, total_found: files.length, next_page_token: nextPageToken };
    },
  });
}

function wordsOrExpression(query: string): string {
  const isExpression = /\b(contains|in|has|=|!=|<|>)\s*'/.test(query) || /'\s+in\s+\w+/.test(query);
  return isExpression
    ? `(${query})`
    : `(name contains ${quoted(query)} or fullText contains ${quoted(query)})`;
}
