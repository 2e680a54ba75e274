import { z } from 'zod';
import { driveFiles, filePayload, READ } from '../../googledrive/triggers/files.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';

const onlyDocuments = () => ["mimeType = 'application/vnd.google-apps.document'"];

export const googledocsTriggers: readonly TriggerSpec[] = [
  triggerType({
    slug: 'GOOGLEDOCS_DOCUMENT_CREATED_TRIGGER',
    name: 'Document created',
    description: 'A document is made in the Drive.',
    scopes: READ,
    config: z.object({}),
    payload: filePayload,
    poll: driveFiles({ by: 'createdTime', only: onlyDocuments }),
  }),
  triggerType({
    slug: 'GOOGLEDOCS_DOCUMENT_UPDATED_TRIGGER',
    name: 'Document updated',
    description: 'A document of the Drive is changed.',
    scopes: READ,
    config: z.object({}),
    payload: filePayload,
    poll: driveFiles({ by: 'modifiedTime', only: onlyDocuments }),
  }),
];
