import { z } from 'zod';

export const baseId = z.string().min(1).describe('Id of the base, such as app123.');
export const tableIdOrName = z.string().min(1).describe('Id or name of the table.');
export const recordId = z.string().min(1).describe('Id of the record, such as rec123.');
export const values = z.looseObject({}).describe('Values by the name of the field.');
export const typecast = z
  .boolean()
  .optional()
  .describe('Whether values are fitted to the kind of the field.');
export const byId = z.boolean().default(false).describe('Whether fields are named by id in the answer.');

const Record = z.looseObject({ id: z.string(), fields: z.looseObject({}).optional() });
export const Answered = z.object({ response_data: z.looseObject({}) });
export const OneRecord = z.object({ response_data: Record });
export const Records = z.object({
  response_data: z.looseObject({ records: z.array(Record), offset: z.string().optional() }),
});
export const wrap = (body: unknown) => ({ response_data: body });
