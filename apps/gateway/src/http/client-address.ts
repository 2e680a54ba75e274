import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import proxyAddress from '@fastify/proxy-addr';
import ipaddr from 'ipaddr.js';
import { listSetting } from '@patchbay/service';
import { CONFIG } from '../settings.module.js';

/** The proxies whose `X-Forwarded-For` is trusted. */
export interface TrustedProxies {
  /** Whether a peer, or an address before it, is a proxy of ours. */
  trusts(address: string, hop: number): boolean;
}

const RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Addresses and ranges joined by commas, and the number of proxies in front where their addresses are not known. */
export const trustedProxiesSetting = listSetting
  .refine((entries) => entries.every((entry) => isHops(entry) || isRange(entry)), {
    message: 'must look like 10.0.0.0/8,fd00::/8 or, for a number of proxies, 1',
  })
  .transform((entries): TrustedProxies => {
    const hops = Math.max(0, ...entries.filter(isHops).map(Number));
    const ranges = entries.filter((entry) => !isHops(entry));
    const isInRange = ranges.length > 0 ? proxyAddress.compile(ranges) : () => false;
    return { trusts: (address, hop) => hop < hops || isInRange(address, hop) };
  });

/** The client's own address, also behind trusted proxies. */
@Injectable()
export class ClientAddress {
  private readonly proxies: TrustedProxies;
  /** By connection, of those that name no other address. */
  private readonly peers = new WeakMap<object, string>();
  private readonly known = new WeakMap<object, string>();

  constructor(@Inject(CONFIG) config: { PATCHBAY_TRUSTED_PROXIES: TrustedProxies }) {
    this.proxies = config.PATCHBAY_TRUSTED_PROXIES;
  }

  /** What limits count the request under: an IPv4 address, or the /64 of an IPv6 one, which one customer has whole. */
  of(request: IncomingMessage): string {
    const isForwarded = request.headers['x-forwarded-for'] !== undefined;
    const known = isForwarded ? this.known.get(request) : this.peers.get(request.socket);
    if (known !== undefined) return known;
    const peer = request.socket.remoteAddress ?? '';
    // What a proxy passes on may be no address at all: then the proxy itself answers for it.
    const network = networkOf(isForwarded ? this.named(request) : peer) ?? networkOf(peer) ?? 'unknown';
    if (isForwarded) this.known.set(request, network);
    else this.peers.set(request.socket, network);
    return network;
  }

  /** Whether a connection is a proxy's, which carries the requests of many. */
  isProxy(peer: string | undefined): boolean {
    return peer !== undefined && this.proxies.trusts(peer, 0);
  }

  private named(request: IncomingMessage): string {
    return proxyAddress(request, (address, hop) => this.proxies.trusts(withoutPort(address), hop));
  }
}

/** @returns undefined for what is no address */
export function networkOf(text: string | undefined): string | undefined {
  const address = withoutPort(text ?? '');
  if (!ipaddr.isValid(address)) return undefined;
  // IPv4 over an IPv6 socket is IPv4.
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const parts = (parsed as ipaddr.IPv6).parts.slice(0, 4);
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`;
}

/** Some proxies add the port: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  return /^\[(.+)\](:\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
}

function isHops(entry: string): boolean {
  return /^\d{1,2}$/.test(entry);
}

function isRange(entry: string): boolean {
  return RANGES.has(entry) || ipaddr.isValidCIDR(entry) || (ipaddr.isValid(entry) && /[.:]/.test(entry));
}
