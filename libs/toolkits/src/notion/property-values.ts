import { z } from 'zod';
import { ToolFailure } from '../tool-runtime.js';
import { richText } from './blocks.js';

/** A column's value as agents write it: all as text, lists joined by commas. */
export const PropertyValue = z.object({
  name: z.string().min(1).describe('Name of the column.'),
  type: z
    .enum([
      'title',
      'rich_text',
      'number',
      'select',
      'multi_select',
      'status',
      'date',
      'people',
      'files',
      'checkbox',
      'url',
      'email',
      'phone_number',
      'relation',
    ])
    .describe('Kind of the column.'),
  value: z
    .string()
    .describe('The value; several joined by commas; a span of dates as begin/end; True or False.'),
});
type PropertyValue = z.output<typeof PropertyValue>;

const listOf = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

export function toProperties(values: PropertyValue[] | undefined): Record<string, object> | undefined {
  return values && Object.fromEntries(values.map((given) => [given.name, { [given.type]: valueOf(given) }]));
}

function valueOf({ name, type, value }: PropertyValue): unknown {
  switch (type) {
    case 'title':
    case 'rich_text':
      return richText(value);
    case 'number':
      return numberOf(name, value);
    case 'select':
    case 'status':
      return value === '' ? null : { name: value };
    case 'multi_select':
      return listOf(value).map((option) => ({ name: option }));
    case 'date': {
      const [start, end] = value.split('/').map((part) => part.trim());
      return start ? { start, ...(end && { end }) } : null;
    }
    case 'people':
    case 'relation':
      return listOf(value).map((id) => ({ id }));
    case 'files':
      return listOf(value).map((url) => ({ type: 'external', name: url.slice(0, 100), external: { url } }));
    case 'checkbox':
      return value.trim().toLowerCase() === 'true';
    default:
      return value === '' ? null : value;
  }
}

function numberOf(name: string, value: string): number | null {
  if (value.trim() === '') return null;
  const number = Number(value);
  if (Number.isNaN(number))
    throw new ToolFailure(`Invalid request data provided: ${name}: ${value} is no number`);
  return number;
}
