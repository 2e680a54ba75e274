import ipaddr from 'ipaddr.js';
import { AppError } from '@patchbay/contracts';

/**
 * Which addresses outbound requests may reach: public ones, and the private hosts that the operator
 * listed. Everything a user can influence (tool arguments, provider redirects, toolkit documents) goes
 * through it, as such a request could otherwise be aimed at the operator's own network.
 */
export class AddressPolicy {
  private readonly allowed: Set<string>;

  /** @param allowedHosts `host` or `host:port`, as in PATCHBAY_ALLOWED_PRIVATE_HOSTS */
  constructor(allowedHosts: readonly string[]) {
    this.allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  }

  /** Refuses what can be refused from the text of an URL. @returns whether its host may be private */
  checkUrl(url: URL): { mayBePrivate: boolean } {
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw refusal(url, 'only http and https are allowed');
    if (url.username || url.password) throw refusal(url, 'it carries credentials');
    const mayBePrivate = this.isListed(url);
    if (!mayBePrivate && ipaddr.isValid(bare(url.hostname)))
      this.checkAddress(bare(url.hostname), url.hostname);
    return { mayBePrivate };
  }

  /** Refuses a resolved address that is not public. */
  checkAddress(address: string, hostname: string): void {
    // process() turns an IPv4 address mapped into IPv6 back: ::ffff:10.0.0.1 is private too.
    if (!isPublic(ipaddr.process(address))) {
      throw new AppError('invalid_request', `${hostname} is not a public address, so it was not called.`, {
        suggestion: 'If it is meant to be reached, the operator lists it in PATCHBAY_ALLOWED_PRIVATE_HOSTS.',
      });
    }
  }

  private isListed(url: URL): boolean {
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return namesOf(url.hostname).some(
      (name) => this.allowed.has(name) || this.allowed.has(`${name}:${port}`),
    );
  }
}

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && (address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST));
}

/** The loopback has several names for one thing; listing one of them means it. */
function namesOf(hostname: string): string[] {
  const loopback = ['localhost', '127.0.0.1', '[::1]'];
  return loopback.includes(hostname) ? loopback : [hostname.toLowerCase()];
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function refusal(url: URL, why: string): AppError {
  return new AppError('invalid_request', `The address ${url.origin} was not called: ${why}.`);
}
