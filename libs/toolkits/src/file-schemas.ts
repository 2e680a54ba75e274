import { z } from 'zod';

/** An argument that is a file: clients put the file there and send these three fields for it. */
export function fileInput(description: string) {
  return z
    .object({
      name: z.string().min(1).describe('Name of the file, with its ending.'),
      mimetype: z.string().min(1).describe('Media type, such as application/pdf.'),
      s3key: z.string().min(1).describe('Key under which the file was uploaded.'),
    })
    .describe(description)
    .meta({ file_uploadable: true });
}

/** A file in an answer: clients fetch it from `s3url`. */
export function fileOutput(description: string) {
  return z
    .object({
      name: z.string(),
      mimetype: z.string(),
      s3url: z.string().describe('Where the file can be fetched for a while.'),
    })
    .describe(description)
    .meta({ file_downloadable: true });
}
