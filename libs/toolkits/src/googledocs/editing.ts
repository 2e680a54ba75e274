import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { batchUpdate, documentId, DOCUMENTS, Replies } from './fields.js';

const answered = (body: unknown) => {
  const { documentId: document_id, replies = [] } = Replies.parse(body);
  return { document_id, replies };
};
const Answered = z.object({ document_id: z.string(), replies: z.array(z.looseObject({})) });
const place = (what: string) => z.int().min(1).describe(`${what}: 1 is the beginning of the text.`);

export const editingTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLEDOCS_UPDATE_EXISTING_DOCUMENT',
    name: 'Update existing document',
    description: "Makes any changes to a document, in the words of Google's batchUpdate, all or none.",
    input: z.object({
      document_id: documentId,
      editDocs: z
        .array(z.looseObject({}))
        .min(1)
        .describe('The requests, such as {"insertText": {"location": {"index": 1}, "text": "Hi"}}.'),
    }),
    output: Answered,
    tags: ['destructiveHint'],
    scopes: DOCUMENTS,
    request: ({ document_id, editDocs }) => batchUpdate(document_id, editDocs),
    answer: answered,
  }),
  requestTool({
    slug: 'GOOGLEDOCS_INSERT_TEXT_ACTION',
    name: 'Insert text into document',
    description: 'Puts text into a document at a place.',
    input: z.object({
      document_id: documentId,
      insertion_index: place('Where'),
      text_to_insert: z.string().min(1).describe('The text.'),
    }),
    output: z.object({ document_id: z.string(), status: z.string() }),
    tags: [],
    scopes: DOCUMENTS,
    request: ({ document_id, insertion_index, text_to_insert }) =>
      batchUpdate(document_id, [
        { insertText: { location: { index: insertion_index }, text: text_to_insert } },
      ]),
    answer: (_, { document_id }) => ({ document_id, status: 'success' }),
  }),
  requestTool({
    slug: 'GOOGLEDOCS_REPLACE_ALL_TEXT',
    name: 'Replace all text in document',
    description:
      'Replaces a text by another wherever it stands in a document: fills in a template, for instance.',
    input: z.object({
      document_id: documentId,
      find_text: z.string().min(1).describe('The text to find.'),
      replace_text: z.string().describe('What it becomes.'),
      match_case: z.boolean().describe('Whether upper and lower case differ.'),
      search_by_regex: z.boolean().default(false).describe('Whether find_text is a regular expression.'),
      tab_ids: z.array(z.string()).optional().describe('Only in these tabs.'),
    }),
    output: Answered,
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: DOCUMENTS,
    request: ({ document_id, find_text, replace_text, match_case, search_by_regex, tab_ids }) =>
      batchUpdate(document_id, [
        {
          replaceAllText: {
            containsText: { text: find_text, matchCase: match_case, searchByRegex: search_by_regex },
            replaceText: replace_text,
            tabsCriteria: tab_ids ? { tabIds: tab_ids } : undefined,
          },
        },
      ]),
    answer: answered,
  }),
  requestTool({
    slug: 'GOOGLEDOCS_INSERT_TABLE_ACTION',
    name: 'Insert table in document',
    description: 'Puts an empty table into a document, at a place or at the end.',
    input: z.object({
      documentId,
      rows: z.int().min(1).describe('Rows of the table.'),
      columns: z.int().min(1).max(20).describe('Columns of the table.'),
      index: place('Where').optional(),
      insertAtEndOfSegment: z.boolean().optional().describe('At the end, whatever index says.'),
      segmentId: z.string().optional().describe('Id of a header, footer or footnote instead of the body.'),
      tabId: z.string().optional().describe('Id of the tab.'),
    }),
    output: Replies,
    tags: [],
    scopes: DOCUMENTS,
    request: ({ documentId: id, rows, columns, index, insertAtEndOfSegment, segmentId, tabId }) => {
      const where = { segmentId, tabId };
      const atEnd = insertAtEndOfSegment === true || index === undefined;
      const at = atEnd ? { endOfSegmentLocation: where } : { location: { index, ...where } };
      return batchUpdate(id, [{ insertTable: { rows, columns, ...at } }]);
    },
  }),
  requestTool({
    slug: 'GOOGLEDOCS_INSERT_INLINE_IMAGE',
    name: 'Insert inline image',
    description: 'Puts a picture from a public address into the text of a document.',
    input: z.object({
      documentId,
      uri: z.url().describe('Address of the picture: public, PNG, JPEG or GIF.'),
      location: z
        .object({
          index: place('Where'),
          segmentId: z.string().optional().describe('Id of a header or footer.'),
          tabId: z.string().optional().describe('Id of the tab.'),
        })
        .describe('Where it goes.'),
      objectSize: z
        .looseObject({})
        .optional()
        .describe("Its size, as {height: {magnitude, unit: 'PT'}, width: …}."),
    }),
    output: z.object({ documentId: z.string(), status: z.string() }),
    tags: [],
    scopes: DOCUMENTS,
    request: ({ documentId: id, ...insertInlineImage }) => batchUpdate(id, [{ insertInlineImage }]),
    answer: (_, { documentId: id }) => ({ documentId: id, status: 'success' }),
  }),
];
