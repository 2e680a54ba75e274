import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

export const Filename = z.string().min(1).max(1024);
export const Mimetype = z
  .string()
  .max(200)
  .regex(/^[\w.+-]+\/[\w.+-]+(\s*;\s*[\w.-]+=("[^"]*"|[\w.+-]+))*$/, 'must look like text/plain');

/** A file of a call: staged as its input, or come from it. Its bytes are in the file storage, for a day. */
export const CallFile = z.object({
  toolkit: z.string(),
  toolSlug: z.string(),
  filename: z.string(),
  mimetype: z.string(),
  md5: z.string(),
});
export type CallFile = z.infer<typeof CallFile>;

/** How long the files of calls are kept. */
export const CALL_FILE_HOURS = 24;

/** A place for a file that a tool will be given: its bytes go to `uploadUrl` by one PUT, its `key` into the arguments. */
export const stageFile = defineRequest(
  'tools.files.stage',
  z.strictObject({
    projectId: idSchema('project'),
    toolkit: ToolkitSlug,
    toolSlug: ToolSlug,
    filename: Filename,
    mimetype: Mimetype,
    /** As its sender says. */
    md5: z.string().min(1).max(64),
  }),
  z.object({ id: z.string(), key: z.string(), uploadUrl: z.string(), backend: z.enum(['local', 's3']) }),
);

export const listFiles = defineRequest(
  'tools.files.list',
  z.strictObject({
    projectId: idSchema('project'),
    toolkit: ToolkitSlug.optional(),
    toolSlug: ToolSlug.optional(),
    ...PageRequest,
  }),
  pageOf(CallFile),
);
