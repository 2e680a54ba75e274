import { expect, it } from 'vitest';
import { ExecutionCursor, readCursor } from './number-cursor.js';

it('is a whole number, as the one that a page gave', () => {
  expect(readCursor(ExecutionCursor.parse(1_767_225_600_000_002))).toEqual({
    at: 1_767_225_600_000,
    seen: 2,
  });
  expect(readCursor(ExecutionCursor.parse(0))).toBeUndefined();
  expect(ExecutionCursor.safeParse(0.2).success).toBe(false);
});
