import { z } from 'zod';

/* What files for tools answer on the wire (docs/api/tools.md#files-for-tools). */

export const FileAnswer = z
  .object({
    toolkit_slug: z.string(),
    tool_slug: z.string(),
    filename: z.string(),
    mimetype: z.string(),
    md5: z.string(),
  })
  .meta({ id: 'File' });

export const UploadAnswer = z
  .object({
    id: z.string(),
    key: z.string().describe('What goes into the arguments of the tool.'),
    new_presigned_url: z.string().describe('Where the bytes go, by one PUT.'),
    newPresignedUrl: z.string(),
    type: z.literal('new'),
    metadata: z.object({ storage_backend: z.literal('s3') }),
  })
  .meta({ id: 'FileUpload' });
