import { expect, it } from 'vitest';
import { TriggerLogsBody } from './trigger-log.body.js';

const read = (body: object) => TriggerLogsBody.safeParse(body);
const searchBy = (field: string, length: number) => ({
  search_params: [{ field, value: 'x'.repeat(length) }],
});

it('asks the service of triggers for what that takes, and says by its own names what is too long', () => {
  expect(read(searchBy('triggerName', 200)).data?.search.triggerSlugs).toEqual(['x'.repeat(200)]);
  expect(read(searchBy('userId', 256)).success).toBe(true);
  expect(read(searchBy('triggerName', 201)).error?.issues).toMatchObject([
    { path: ['search_params', 0, 'value'], message: expect.stringContaining('<=200') as unknown },
  ]);
  expect(read({ userId: 'x'.repeat(257) }).error?.issues).toMatchObject([{ path: ['userId'] }]);
});
