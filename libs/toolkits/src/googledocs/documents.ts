import { z } from 'zod';
import { googleScopes } from '../google.js';
import { searchInDrive } from '../google-search.js';
import { uploadFile } from '../googledrive/content.js';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { batchUpdate, Document, documentId, DOCUMENTS, DOCUMENT_TYPE, DRIVE, READ } from './fields.js';

const MARKDOWN = 'text/markdown';
const FILES = googleScopes('drive');
const title = z.string().min(1).describe('Title of the document.');
const Made = z.object({ document_id: z.string(), response_data: z.looseObject({}) });

export const documentTools: ToolSpec[] = [
  functionTool({
    slug: 'GOOGLEDOCS_CREATE_DOCUMENT',
    name: 'Create a document',
    description: 'Makes a new document with a title and plain text.',
    input: z.object({ title, text: z.string().describe('The text; empty for an empty document.') }),
    output: Made,
    tags: ['important'],
    scopes: DOCUMENTS,
    run: async ({ title: name, text }, { http }) => {
      const made = await http.request({
        method: 'POST',
        url: '/v1/documents',
        body: { json: { title: name } },
      });
      const document = Document.parse(made);
      const id = document.documentId;
      if (text) await http.request(batchUpdate(id, [{ insertText: { location: { index: 1 }, text } }]));
      return { document_id: id, response_data: document };
    },
  }),
  functionTool({
    slug: 'GOOGLEDOCS_CREATE_DOCUMENT_MARKDOWN',
    name: 'Create document from Markdown',
    description:
      'Makes a new document out of Markdown: headings, lists, tables, links and the rest become their own.',
    input: z.object({ title, markdown_text: z.string().min(1).describe('The text, in Markdown.') }),
    output: Made,
    tags: ['important'],
    scopes: FILES,
    // Google itself turns Markdown into a document when one is put into Drive.
    run: async ({ title: name, markdown_text }, { http }) => {
      const content = { mimetype: MARKDOWN, bytes: Buffer.from(markdown_text) };
      const metadata = { name, mimeType: DOCUMENT_TYPE };
      const to = { method: 'POST' as const, url: `${DRIVE}/upload/drive/v3/files` };
      const file = await uploadFile(http, metadata, content, to);
      return { document_id: file.id, response_data: file };
    },
  }),
  functionTool({
    slug: 'GOOGLEDOCS_UPDATE_DOCUMENT_MARKDOWN',
    name: 'Update document Markdown',
    description: 'Replaces the whole content of a document by new text in Markdown; its id and links stay.',
    input: z.object({
      document_id: documentId,
      new_markdown_text: z.string().min(1).describe('The new text, in Markdown.'),
    }),
    output: Made,
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: FILES,
    run: async ({ document_id, new_markdown_text }, { http }) => {
      const content = { mimetype: MARKDOWN, bytes: Buffer.from(new_markdown_text) };
      const url = DRIVE + path`/upload/drive/v3/files/${document_id}`;
      const file = await uploadFile(http, { mimeType: DOCUMENT_TYPE }, content, { method: 'PATCH', url });
      return { document_id, response_data: file };
    },
  }),
  requestTool({
    slug: 'GOOGLEDOCS_GET_DOCUMENT_BY_ID',
    name: 'Get document by id',
    description: "Reads a document with all its parts and their places, in Google's own form.",
    input: z.object({ id: documentId }),
    output: z.object({ response_data: Document }),
    covers: ['GET /v1/documents/{documentId}'],
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ id }) => ({ method: 'GET', url: path`/v1/documents/${id}` }),
    answer: (document) => ({ response_data: document }),
  }),
  requestTool({
    slug: 'GOOGLEDOCS_GET_DOCUMENT_PLAINTEXT',
    name: 'Get document plain text',
    description: 'Reads the text of a document without its looks: the short way to know what it says.',
    input: z.object({ document_id: documentId }),
    output: z.object({ document_id: z.string(), plain_text: z.string() }),
    tags: ['readOnlyHint'],
    scopes: googleScopes('drive.readonly'),
    request: ({ document_id }) => ({
      method: 'GET',
      url: DRIVE + path`/drive/v3/files/${document_id}/export`,
      query: { mimeType: 'text/plain' },
      headers: { accept: 'text/plain' },
    }),
    answer: (text, { document_id }) => ({ document_id, plain_text: typeof text === 'string' ? text : '' }),
  }),
  requestTool({
    slug: 'GOOGLEDOCS_COPY_DOCUMENT',
    name: 'Copy Google document',
    description: 'Makes a copy of a document, under a new title if wanted.',
    input: z.object({ document_id: documentId, title: z.string().optional().describe('Title of the copy.') }),
    output: z.object({ documentId: z.string(), title: z.string().optional() }),
    tags: [],
    scopes: FILES,
    request: ({ document_id, title: name }) => ({
      method: 'POST',
      url: DRIVE + path`/drive/v3/files/${document_id}/copy`,
      query: { supportsAllDrives: true },
      body: { json: { name } },
    }),
    answer: (body) => {
      const { id, name } = z.object({ id: z.string(), name: z.string().optional() }).parse(body);
      return { documentId: id, title: name };
    },
  }),
  searchInDrive({
    slug: 'GOOGLEDOCS_SEARCH_DOCUMENTS',
    name: 'Search documents',
    things: 'documents',
    mimeType: DOCUMENT_TYPE,
  }),
];
