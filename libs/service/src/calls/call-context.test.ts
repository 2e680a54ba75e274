import { describe, expect, it } from 'vitest';
import { newContext, runInContext } from '../context.js';
import { callContextOf } from './call-context.js';

describe('the context of a call', () => {
  const headers = newContext({ deadline: 1_000, storePayloads: false, isRetry: true });

  it('is what its message has', () => {
    const given = { deadline: 2_000, storePayloads: true, isRetry: false };
    expect(runInContext(headers, () => callContextOf(given))).toEqual(given);
  });

  it('of a replica that sends none is what the headers have', () => {
    const found = runInContext(headers, () => callContextOf(undefined));
    expect(found).toEqual({ deadline: 1_000, storePayloads: false, isRetry: true });
  });
});
