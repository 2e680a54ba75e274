import { z } from 'zod';
import { defineRequest } from './define.js';

/** Whether sandboxes can be made here; when not, `reason` says why in words fit for a developer. */
export const getWorkbenchStatus = defineRequest(
  'workbench.status.get',
  z.strictObject({}),
  z.object({ available: z.boolean(), reason: z.string().nullable() }),
  { timeoutMs: 1_000 },
);
