import { describe, expect, it } from 'vitest';
import { plainly } from './phrases.js';

describe('phrases', () => {
  it.each([
    ['put the call off until later', 'postpone the call until later'],
    ['get rid of the file', 'delete of the file'],
    ['who am i here', 'current user profile authenticated here'],
    ['put the call on monday', 'put the call on monday'],
    ['sign', 'sign'],
  ])('say "%s" as "%s"', (said, plain) => {
    expect(plainly(said.split(' ')).join(' ')).toBe(plain);
  });
});
