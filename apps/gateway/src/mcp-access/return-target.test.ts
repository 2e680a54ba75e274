import { describe, expect, it } from 'vitest';
import { returnTargetOf } from './return-target.js';

describe('returnTargetOf', () => {
  it.each([
    ['https://app.example/callback', 'app.example'],
    ['https://app.example:8443/callback', 'app.example:8443'],
    // Letters that look like those of a known name are shown as what they are.
    ['https://\u0430pple.com/callback', 'xn--pple-43d.com'],
    ['http://127.0.0.1:31337/callback', 'a program on this computer (127.0.0.1:31337)'],
    ['http://[::1]:9/x', 'a program on this computer ([::1]:9)'],
    ['evil://github.com/callback', 'whatever app on this device opens addresses that begin with evil:'],
    ['com.example.app:/done', 'whatever app on this device opens addresses that begin with com.example.app:'],
  ])('says where %s leads', (address, place) => {
    expect(returnTargetOf(address).place).toBe(place);
  });

  it('has a host for sites alone', () => {
    expect(returnTargetOf('evil://github.com/callback').host).toBeNull();
    expect(returnTargetOf('https://github.com/callback').host).toBe('github.com');
  });
});
