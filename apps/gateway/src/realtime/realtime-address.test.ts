import { describe, expect, it } from 'vitest';
import { clusterFor, keyInAddress, opensRealtime } from './realtime-address.js';

/** As both official SDKs put it together. */
const addressOf = (cluster: string, key: string) =>
  new URL(`wss://ws-${cluster}.pusher.com:443/app/${key}?protocol=7&client=js&version=8.6.0&flash=false`);

describe('the cluster', () => {
  it.each([
    ['https://patchbay.example.com', 'patchbay.example.com', '/realtime'],
    ['https://patchbay.example.com:8443', 'patchbay.example.com:8443', '/realtime'],
    ['https://example.com/patchbay', 'example.com', '/patchbay/realtime'],
    ['https://[::1]:8443', '[::1]:8443', '/realtime'],
  ])('leads clients to %s', (publicUrl, host, path) => {
    const address = addressOf(clusterFor(publicUrl) ?? '', 'a_key-1');
    expect(address.host).toBe(host);
    expect(address.pathname).toBe(path);
    expect(keyInAddress(`${address.pathname}${address.search}`)).toBe('a_key-1');
  });

  it('is none where there is no TLS', () => {
    expect(clusterFor('http://localhost:3000')).toBeUndefined();
  });
});

describe('a request', () => {
  const upgrade = 'websocket';
  it.each([
    ['/realtime?h=.pusher.com:443/app/key?protocol=7', upgrade, true],
    ['/app/key?protocol=7', 'WebSocket', true],
    ['/app/key?protocol=7', 'h2c', false],
    ['/app/key', undefined, false],
    ['/realtimes', upgrade, false],
    ['/api/v3.1/toolkits?x=/app/key', upgrade, false],
  ])('to %s with upgrade %s opens a connection: %s', (url, asked, opens) => {
    expect(opensRealtime({ url, headers: { upgrade: asked } })).toBe(opens);
  });
});
