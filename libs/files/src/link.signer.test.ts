import { describe, expect, it } from 'vitest';
import { LinkSigner } from './link.signer.js';

const links = new LinkSigner('https://patchbay.example', 'a secret of the tests');

function signed(method: 'GET' | 'PUT', seconds = 60) {
  const url = new URL(links.sign(method, 'p/a b/ä.txt', seconds, { name: 'ä.txt' }).url);
  return { url, key: decodeURIComponent(url.pathname.replace('/files/', '')) };
}

describe('a link to a file', () => {
  it('holds for its file and method, and carries what was said about it', () => {
    const { url, key } = signed('GET');
    expect(key).toBe('p/a b/ä.txt');
    expect(links.verify('GET', key, url.search)).toMatchObject({ name: 'ä.txt' });
    // HEAD asks for the same as GET.
    expect(links.verify('HEAD', key, url.search)).toMatchObject({ name: 'ä.txt' });
  });

  it.each<[string, (given: { url: URL; key: string }) => unknown]>([
    ['another file', ({ url }) => links.verify('GET', 'p/other', url.search)],
    ['another method', ({ url, key }) => links.verify('PUT', key, url.search)],
    ['another name', ({ url, key }) => links.verify('GET', key, url.search.replace('name=', 'name=x'))],
    [
      'a longer life',
      ({ url, key }) => links.verify('GET', key, url.search.replace('expires=', 'expires=9')),
    ],
    ['no signature', ({ key }) => links.verify('GET', key, '')],
    ['a signature twice', ({ url, key }) => links.verify('GET', key, `${url.search}&signature=x&name=y`)],
    [
      'another secret',
      ({ url, key }) => new LinkSigner('https://patchbay.example', 'another').verify('GET', key, url.search),
    ],
  ])('is refused for %s', (_, verify) => {
    expect(() => verify(signed('GET'))).toThrow(expect.objectContaining({ code: 'file_link_invalid' }));
  });

  it('is refused when its time is over', () => {
    const { url, key } = signed('GET', -5);
    expect(() => links.verify('GET', key, url.search)).toThrow('has expired');
  });
});
