import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Output, Fields } from './output/index.js';

/** A list says how much of it is shown. */
export const DEFAULT_LIMIT = 50;

/** Shows the first of the items, and says so when there are more. */
export async function showList<T>(
  output: Output,
  items: AsyncIterable<T>,
  { limit, fields, empty }: { limit: number; fields: Fields<T>; empty: string },
): Promise<void> {
  const shown: T[] = [];
  let isMore = false;
  for await (const item of items) {
    isMore = shown.length === limit;
    if (isMore) break;
    shown.push(item);
  }
  output.list(shown, fields, empty);
  if (isMore) output.note(`There are more than ${limit}: --limit says how many are shown.`);
}

/** A value of an option that is a whole number. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number from 1 on.');
  return Number(text);
}

/** A value of an option that may be given several times, and have several behind one comma. */
export function several(text: string, before: string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  ];
}
