import { describe, expect, it } from 'vitest';
import { readJson, type TriggerConfig } from '@patchbay/contracts';
import { configHash } from './canonical-config.js';

const hashOf = (json: string) => configHash(readJson(json) as TriggerConfig);

describe('the hash of a config', () => {
  it('is the same in whatever order fields were sent', () => {
    expect(hashOf('{"a": 1, "b": {"c": [1, {"e": 1, "d": 2}], "f": null}}')).toBe(
      hashOf('{"b": {"f": null, "c": [1, {"d": 2, "e": 1}]}, "a": 1}'),
    );
  });

  it.each([
    ['another value', '{"a": 1}', '{"a": 2}'],
    ['a text instead of a number', '{"a": 1}', '{"a": "1"}'],
    ['another order of a list', '{"a": [1, 2]}', '{"a": [2, 1]}'],
    ['a field more', '{"a": 1}', '{"a": 1, "b": null}'],
    ['a digit that no double holds', '{"a": 9007199254740993}', '{"a": 9007199254740992}'],
  ])('is another one with %s', (_, one, other) => {
    expect(hashOf(one)).not.toBe(hashOf(other));
  });
});
