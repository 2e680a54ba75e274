import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@patchbay/contracts';
import { z } from 'zod';
import { checkArguments } from './arguments.js';
import { httpTool } from './toolkit.js';

const about = {
  slug: 'ACME_DO',
  name: 'Do',
  description: 'Does it.',
  method: 'POST',
  path: '/',
  tags: [],
} as const;
const imported: JsonSchema = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    count: { type: 'integer', minimum: 1, default: 5 },
    state: { type: 'string', enum: ['open', 'closed'] },
    at: { type: 'string', format: 'date-time' },
    milestone: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    labels: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    },
    default: { type: 'string', description: 'A field with the name of a keyword.' },
  },
  required: ['title'],
};
const written = z.object({
  title: z.string(),
  count: z.int().min(1).default(5),
  milestone: z.int().nullable().optional(),
});

const check = (input: JsonSchema | z.ZodObject, given: Record<string, unknown>) =>
  checkArguments(httpTool({ ...about, tags: [], input }), given);

describe('the arguments of a tool', () => {
  it.each([
    ['imported', imported],
    ['written by hand', written],
  ])('that was %s: names that it does not have are dropped, and null where it takes none', (_, input) => {
    const checked = check(input, { title: 'a', milestone: null, count: null, nonsense: 1 });
    expect(checked).toMatchObject({ ok: true, value: { title: 'a', milestone: null } });
    expect(checked).not.toHaveProperty('value.nonsense');
    expect(checked).not.toHaveProperty('value.count', null);
  });

  it("leaves an imported tool's defaults to its provider", () => {
    expect(check(imported, { title: 'a' })).toEqual({ ok: true, value: { title: 'a' } });
    expect(check(written, { title: 'a' })).toEqual({ ok: true, value: { title: 'a', count: 5 } });
  });

  it.each([
    [{}, ['title: is required (string)']],
    [{ title: 7 }, ['title: expected string, received number']],
    [{ title: 'a', count: '5' }, ['count: expected int, received string']],
    [{ title: 'a', count: 0 }, ['count: Too small: expected int to be >=1']],
    [{ title: 'a', state: 'shut' }, ['state: Invalid option: expected one of "open"|"closed"']],
    [{ title: 'a', labels: [{}] }, ['labels.0.name: is required (string)']],
    [{ title: 'a', default: 1 }, ['default: expected string, received number']],
  ])('refuses %j with the name of each field', (given, issues) => {
    const checked = check(imported, given);
    expect(checked).toMatchObject({ ok: false });
    if (checked.ok) throw new Error('taken');
    expect(checked.issues.map((issue) => issue.replace('expected number', 'expected int'))).toEqual(issues);
  });

  it('leaves formats for the provider to judge, and keeps fields inside of objects that nothing describes', () => {
    const given = { title: 'a', at: '2026-03-01', labels: [{ name: 'x', color: 'red' }] };
    expect(check(imported, given)).toEqual({ ok: true, value: given });
  });

  it('tells no more than an agent can use', () => {
    const labels = Array.from({ length: 100 }, () => ({}));
    const checked = check(imported, { title: 'a', labels });
    expect(checked.ok ? [] : checked.issues).toHaveLength(20);
  });
});
