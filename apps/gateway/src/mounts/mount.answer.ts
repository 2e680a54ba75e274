import { z } from 'zod';

/* What the files of a session answer on the wire (docs/api/sessions.md#files-of-a-session). */

const path = {
  mount_relative_path: z.string(),
  sandbox_mount_prefix: z.string().describe('Where the mount is in the sandbox.'),
};

export const PathAnswer = z.object(path);
export const ItemsAnswer = z.object({
  items: z.array(z.object({ ...path, size: z.int(), last_modified: z.string() }).meta({ id: 'MountItem' })),
  next_cursor: z.string().optional().describe('Absent on the last page.'),
});
export const UploadUrlAnswer = z.object({ upload_url: z.string(), ...path, expires_at: z.string() });
export const DownloadUrlAnswer = z.object({ download_url: z.string(), ...path, expires_at: z.string() });
