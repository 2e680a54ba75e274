import ipaddr from 'ipaddr.js';
import { AppError } from '@patchbay/contracts';
import { isFor, readPrivateHost, type OutboundPurpose, type PrivateHost } from './private-hosts.js';

/**
 * Which addresses outbound requests may reach: public ones, and the private hosts that the operator
 * listed for what the request is made for. Everything a user can influence (tool arguments, provider redirects, toolkit documents) goes
 * through it, as such a request could otherwise be aimed at the operator's own network.
 */
export class AddressPolicy {
  /** By `host` or `host:port`. */
  private readonly listed = new Map<string, PrivateHost[]>();

  /** @param entries `host[:port]` or `host[:port]=toolkit|toolkit`, as in PATCHBAY_ALLOWED_PRIVATE_HOSTS */
  constructor(entries: readonly string[]) {
    for (const entry of entries.map(readPrivateHost)) {
      const name = nameOf(entry.host);
      this.listed.set(name, [...(this.listed.get(name) ?? []), entry]);
    }
  }

  /** Refuses what can be refused from the text of an URL. @returns whether its host may be private */
  checkUrl(url: URL, purpose: OutboundPurpose): { mayBePrivate: boolean } {
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw refusal(url, 'only http and https are allowed');
    if (url.username || url.password) throw refusal(url, 'it carries credentials');
    const mayBePrivate = this.isListed(url, purpose);
    if (!mayBePrivate && ipaddr.isValid(bare(url.hostname)))
      this.checkAddress(bare(url.hostname), url.hostname);
    return { mayBePrivate };
  }

  /** Refuses a resolved address that is not public. */
  checkAddress(address: string, hostname: string): void {
    // process() turns an IPv4 address mapped into IPv6 back: ::ffff:10.0.0.1 is private too.
    if (!isPublic(ipaddr.process(address))) {
      throw new AppError('invalid_request', `${hostname} is not a public address, so it was not called.`, {
        suggestion:
          'If it is meant to be reached, the operator lists it in PATCHBAY_ALLOWED_PRIVATE_HOSTS, with its toolkit.',
      });
    }
  }

  private isListed(url: URL, purpose: OutboundPurpose): boolean {
    if (this.listed.size === 0) return false;
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const name = nameOf(url.hostname.toLowerCase());
    const entries = [this.listed.get(name), this.listed.get(`${name}:${port}`)];
    return entries.some((found) => found?.some((entry) => isFor(entry, purpose)));
  }
}

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && (address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST));
}

/** Whether a host may be public, by its text: a name may yet turn out to be of a private address. */
export function isPublicHost(hostname: string): boolean {
  const host = bare(hostname.toLowerCase());
  return ipaddr.isValid(host) ? isPublic(ipaddr.process(host)) : !/(?:^|\.)localhost$/.test(host);
}

/** The loopback has several names for one thing; listing one of them means it. */
function nameOf(host: string): string {
  return host.replace(/^(127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost');
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function refusal(url: URL, why: string): AppError {
  return new AppError('invalid_request', `The address ${url.origin} was not called: ${why}.`);
}
