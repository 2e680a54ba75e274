import { describe, expect, it } from 'vitest';
import { hmacSha1, signatureBase, signOAuth1 } from './oauth1.js';

function parametersOf(header: string): Record<string, string> {
  const pairs = header.slice('OAuth '.length).split(', ');
  return Object.fromEntries(
    pairs.map((pair) => [pair.split('=', 1)[0], decodeURIComponent(/"(.*)"/.exec(pair)?.[1] ?? '')]),
  );
}
const signatureOf = (header: string) => parametersOf(header)['oauth_signature'];

/** RFC 5849, section 1.2, whose requests leave `oauth_version` out. */
describe('the example of RFC 5849', () => {
  const app = { oauth_consumer_key: 'dpf43f3p2l4k3l03', oauth_signature_method: 'HMAC-SHA1' };
  const consumerSecret = 'kd94hf93k423kf44';

  it.each([
    [
      'temporary credentials',
      'POST',
      'https://photos.example.net/initiate',
      {
        oauth_timestamp: '137131200',
        oauth_nonce: 'wIjqoS',
        oauth_callback: 'http://printer.example.com/ready',
      },
      '',
      '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
    ],
    [
      'token credentials',
      'POST',
      'https://photos.example.net/token',
      {
        oauth_token: 'hh5s93j4hdidpola',
        oauth_timestamp: '137131201',
        oauth_nonce: 'walatlh',
        oauth_verifier: 'hfdp7dh39dks9884',
      },
      'hdhd0244k9j7ao03',
      'gKgrFCywp7rO0OXSjdot/IHF7IU=',
    ],
    [
      'a resource',
      'GET',
      'http://photos.example.net/photos?file=vacation.jpg&size=original',
      { oauth_token: 'nnch734d00sl2jdk', oauth_timestamp: '137131202', oauth_nonce: 'chapoH' },
      'pfkkdhi9sl3r4s00',
      'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
    ],
  ])('asks for %s', (_, method, address, oauth, tokenSecret, signature) => {
    const url = new URL(address);
    const parameters = [...url.searchParams, ...Object.entries({ ...app, ...oauth })];
    expect(hmacSha1(signatureBase(method, url, parameters), { consumerSecret, tokenSecret })).toBe(signature);
  });

  /** Section 3.4.1.1, with the signature of erratum 2550. */
  it('has a query and a form with repeated and empty parameters', () => {
    const url = new URL('http://EXAMPLE.com:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b');
    const base = signatureBase('post', url, [
      ...url.searchParams,
      ...new URLSearchParams('c2&a3=2+q'),
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
    ]);
    expect(base).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D' +
        '%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
        '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
    const secrets = { consumerSecret: 'j49sk3j29djd', tokenSecret: 'dh893hdasih9' };
    expect(hmacSha1(base, secrets)).toBe('r6/TJjbCOr97/+UU0NsvSne7s5g=');
  });
});

/** https://wiki.oauth.net/w/page/12238556/TestCases */
describe('the test cases of the OAuth community', () => {
  it.each([
    ['name=', 'name='],
    ['a=b&c=d', 'a=b&c=d'],
    ['a=x!y&a=x+y', 'a=x%20y&a=x%21y'],
    ['x!y=a&x=a', 'x=a&x%21y=a'],
    ['a-b=1&a=2', 'a=2&a-b=1'],
    ['v=abcABC123-._~%25%2B%26%3D*', 'v=abcABC123-._~%25%2B%26%3D%2A'],
    ['v=%0A+%7F%C2%80%E3%80%81', 'v=%0A%20%7F%C2%80%E3%80%81'],
  ])('normalize %s', (query, normalized) => {
    const url = new URL(`http://example.com/?${query}`);
    const base = signatureBase('GET', url, [...url.searchParams]);
    expect(base).toBe(`GET&http%3A%2F%2Fexample.com%2F&${encodeURIComponent(normalized)}`);
  });

  it.each([
    ['cs', '', 'bs', 'egQqG5AJep5sJ7anhXju1unge2I='],
    ['cs', 'ts', 'bs', 'VZVjXceV7JgPq/dOTnNmEfO0Fv8='],
  ])('sign with %s and %s', (consumerSecret, tokenSecret, base, signature) => {
    expect(hmacSha1(base, { consumerSecret, tokenSecret })).toBe(signature);
  });
});

describe('the header', () => {
  /** OAuth Core 1.0a, appendix A.5. */
  it('is that of the specification before the RFC', () => {
    const keys = {
      consumerKey: 'dpf43f3p2l4k3l03',
      consumerSecret: 'kd94hf93k423kf44',
      token: 'nnch734d00sl2jdk',
      tokenSecret: 'pfkkdhi9sl3r4s00',
    };
    const url = new URL('http://photos.example.net/photos?file=vacation.jpg&size=original');
    const header = signOAuth1({ method: 'GET', url }, keys, 'kllo9940pd9333jh', 1_191_242_096);
    expect(header).toMatch(/^OAuth oauth_consumer_key="dpf43f3p2l4k3l03", .*"$/);
    expect(parametersOf(header)).toEqual({
      oauth_consumer_key: 'dpf43f3p2l4k3l03',
      oauth_token: 'nnch734d00sl2jdk',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_signature: 'tR3+Ty81lMeYAr/Fid0kMTYa/WM=',
      oauth_timestamp: '1191242096',
      oauth_nonce: 'kllo9940pd9333jh',
      oauth_version: '1.0',
    });
  });

  /** https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/creating-a-signature */
  it("signs the form of Twitter's example and leaves it out of itself", () => {
    const keys = {
      consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
      consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    };
    const request = {
      method: 'POST',
      url: new URL('https://api.twitter.com/1/statuses/update.json?include_entities=true'),
      form: 'status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21',
    };
    const header = signOAuth1(request, keys, 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg', 1_318_622_958);
    expect(signatureOf(header)).toBe('tnnArxj06cWHq44gCs1OSKk/jLY=');
    expect(header).not.toContain('status');
  });

  it('has no token before there is one, further parameters, and a nonce of its own', () => {
    const keys = { consumerKey: 'k', consumerSecret: 's', token: '', tokenSecret: '' };
    const oauth = { oauth_callback: 'https://a.example/?state=x y' };
    const request = { method: 'POST', url: new URL('https://a.example/'), oauth };
    const [first, second] = [signOAuth1(request, keys), signOAuth1(request, keys)].map(parametersOf);
    expect(first).toMatchObject({ ...oauth, oauth_nonce: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(first).not.toHaveProperty('oauth_token');
    expect(Math.abs(Number(first?.['oauth_timestamp']) * 1000 - Date.now())).toBeLessThan(10_000);
    expect(second?.['oauth_nonce']).not.toBe(first?.['oauth_nonce']);
  });
});
