/** Where an authorization code goes, as people should see it. What a client calls itself is no part of it. */
export interface ReturnTarget {
  /** At the beginning of a sentence. */
  who: string;
  /** In the middle of one. */
  place: string;
  /** Of a site alone: the one that was asked for, and no name that looks like it. */
  host: string | null;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** @param redirectUri one that is registered: https, this very machine, or a program's own scheme (RFC 8252, section 7) */
export function returnTargetOf(redirectUri: string): ReturnTarget {
  const { protocol, hostname, host } = new URL(redirectUri);
  if (protocol === 'http:' && LOOPBACK.includes(hostname)) {
    return { who: 'A program on this computer', place: `a program on this computer (${host})`, host: null };
  }
  // Such an address may have a host as well, which the client chose freely and which proves nothing.
  if (protocol !== 'https:') {
    const place = `whatever app on this device opens addresses that begin with ${protocol}`;
    return { who: 'An app on this device', place, host: null };
  }
  return { who: host, place: host, host };
}
