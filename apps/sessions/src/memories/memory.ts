import { z } from 'zod';

/** Facts of a session by toolkit, as models write and read them. */
export const memory = z
  .record(z.string().min(1).max(100), z.array(z.string().min(1).max(1_000)).max(100))
  .optional()
  .describe(
    'Facts worth remembering for the rest of this session, by toolkit, such as {"slack": ["#general is C012AB3CD"]}; searches answer them again.',
  );
