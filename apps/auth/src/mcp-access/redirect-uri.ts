/** Schemes that a browser would run or open, or hand to a program of the system's own, instead of to a client. */
const NO_CLIENT =
  /^(javascript|data|vbscript|file|filesystem|blob|about|view-source|jar|chrome|edge|resource|intent|android-app|content|ftps?|sftp|smb|wss?|ldaps?|telnet|ssh|mailto|tel|sms|facetime|facetime-audio|search|search-ms|shell|ms-.+):$/;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether codes may be sent there: https, this very machine, or a program's own scheme (RFC 8252, section 7). */
export function isRedirectUri(text: string): boolean {
  const url = parseUrl(text);
  if (!url || url.hash || url.username || url.password) return false;
  if (url.protocol === 'http:') return LOOPBACK.has(url.hostname);
  return !NO_CLIENT.test(url.protocol);
}

/** Exactly one of the registered, but for the port on this machine, which programs choose when they start. */
export function isRegistered(redirectUri: string, registered: readonly string[]): boolean {
  return registered.includes(redirectUri) || registered.map(withoutPort).includes(withoutPort(redirectUri));
}

function withoutPort(text: string): string {
  const url = parseUrl(text);
  if (!url || url.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) return text;
  url.port = '';
  return url.href;
}

export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
