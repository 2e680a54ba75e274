import { describe, expect, it } from 'vitest';
import { toTriggerError } from './trigger.failures.js';

describe('what went wrong in a poll', () => {
  it.each([
    ['a time that is none', () => new Date('soon').toISOString()],
    ['a number that is none', () => BigInt('soon')],
  ])('is the provider’s when it answered %s', (_, read) => {
    let thrown: unknown;
    try {
      read();
    } catch (error) {
      thrown = error;
    }
    expect(toTriggerError(thrown, 'Acme')).toMatchObject({
      code: 'provider_refused',
      message: expect.stringContaining('Acme answered what the trigger does not understand'),
    });
  });

  it('is ours when it is a fault in code', () => {
    const fault = new TypeError('x is not a function');
    expect(toTriggerError(fault, 'Acme')).toBe(fault);
  });
});
