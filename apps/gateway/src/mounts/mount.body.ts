import { AppError } from '@patchbay/contracts';
import { z } from 'zod';
import { pageQuery } from '../http/index.js';

const MAX_PATH = 1024;
const MOST_ITEMS = 500;

/** A path in the mount; clients put a slash in front of some of them. */
const RelativePath = z
  .string()
  .max(MAX_PATH)
  .transform((path) => path.replace(/^\/+/, ''))
  .refine((path) => !path.split('/').includes('..'), { message: 'must not lead out of the mount' });
const FilePath = z.string().regex(/[^/]/, 'must name a file').pipe(RelativePath);

export const ItemsQuery = z.object({
  ...pageQuery(MOST_ITEMS, 100),
  mount_relative_prefix: RelativePath.default(''),
});
export const UploadBody = z.object({
  mount_relative_path: FilePath,
  mimetype: z.string().max(200).optional(),
});
export const PathBody = z.object({ mount_relative_path: FilePath });

/** The one mount that a session has. @throws AppError `not_found` for another */
export function requireMount(id: string): void {
  if (id === 'files') return;
  throw new AppError('not_found', `There is no mount ${id}.`, { suggestion: 'A session has one: files.' });
}
