import { z } from 'zod';
import { googleScopes } from '../google.js';
import { path, type ToolRequest } from '../tool-runtime.js';

export const DOCUMENTS = googleScopes('documents');
export const READ = googleScopes('documents.readonly');
export const DRIVE = 'https://www.googleapis.com';
export const DOCUMENT_TYPE = 'application/vnd.google-apps.document';

export const documentId = z.string().min(1).describe('Id of the document, as in its address.');
export const Document = z.looseObject({ documentId: z.string(), title: z.string().optional() });
export const Replies = z.looseObject({
  documentId: z.string(),
  replies: z.array(z.looseObject({})).optional(),
});

/** Changes in the order given, all or none. */
export function batchUpdate(id: string, requests: object[]): ToolRequest {
  return { method: 'POST', url: path`/v1/documents/${id}:batchUpdate`, body: { json: { requests } } };
}
