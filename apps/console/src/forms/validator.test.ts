import { describe, expect, it } from 'vitest';
import { validator } from './validator.js';

const schema = {
  type: 'object' as const,
  required: ['title'],
  properties: {
    title: { type: 'string' as const, minLength: 2 },
    labels: { type: 'array' as const, items: { $ref: '#/$defs/label' } },
  },
  $defs: {
    label: { type: 'object' as const, required: ['name'], properties: { name: { type: 'string' as const } } },
  },
};
const errorsOf = (data: object) =>
  validator.validateFormData(data, schema).errorSchema as Record<string, unknown>;

describe('the check of a form', () => {
  it('says at its place what is missing and what is wrong', () => {
    expect(errorsOf({})).toMatchObject({ title: { __errors: ['This is required.'] } });
    expect(errorsOf({ title: 'x' })).toMatchObject({
      title: { __errors: [expect.stringContaining('short')] },
    });
    expect(errorsOf({ title: 'ok', labels: [{}] })).toMatchObject({
      labels: { 0: { name: { __errors: ['This is required.'] } } },
    });
    expect(validator.validateFormData({ title: 'ok', labels: [{ name: 'a' }] }, schema).errors).toEqual([]);
  });

  it('chooses between alternatives by what the whole schema defines', () => {
    const label = { $ref: '#/$defs/label' };
    expect(validator.isValid(label, { name: 'a' }, schema)).toBe(true);
    expect(validator.isValid(label, {}, schema)).toBe(false);
  });

  it("runs no stranger's regular expression", () => {
    const slow = { type: 'string' as const, pattern: '^(a+)+$' };
    const began = process.threadCpuUsage();
    expect(validator.isValid(slow, `${'a'.repeat(40)}!`, slow)).toBe(true);
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(500);
  });

  it('forbids nothing by a schema that cannot be read', () => {
    expect(validator.isValid({ $ref: '#/nowhere' }, 1, {})).toBe(true);
  });
});
