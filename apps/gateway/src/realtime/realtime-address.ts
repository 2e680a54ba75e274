import type { IncomingMessage } from 'node:http';

/** Where the official SDKs end up, as `clusterFor` sends them there. */
const REALTIME_PATH = '/realtime';
/** Where clients connect that can be told a host. */
const APP_PATH = '/app/';

/** Whether a request opens a WebSocket here; others that offer another protocol are answered in HTTP. */
export function opensRealtime({ url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>): boolean {
  const path = url.split('?', 1)[0] ?? '';
  const isHere = path === REALTIME_PATH || path.startsWith(APP_PATH);
  return isHere && headers.upgrade?.toLowerCase() === 'websocket';
}

/** The application key: in the path, or where an official SDK's own host and path have come into the query. */
export function keyInAddress(url = ''): string {
  return /\/app\/([\w-]{1,1000})(?=[/?&]|$)/.exec(url)?.[1] ?? '';
}

/**
 * The cluster that leads an official SDK here. It connects to `wss://ws-${cluster}.pusher.com:443/app/…` and to no host that
 * could be set: with this, `ws-u` is a user's name, which nobody reads, and the rest a query.
 * @param publicUrl of the gateway
 * @returns undefined where there is no TLS, without which the SDKs do not connect
 */
export function clusterFor(publicUrl: string): string | undefined {
  const { protocol, host, pathname } = new URL(publicUrl);
  if (protocol !== 'https:') return undefined;
  return `u@${host}${pathname.replace(/\/$/, '')}${REALTIME_PATH}?h=`;
}
