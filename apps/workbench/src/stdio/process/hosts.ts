import { connect, type Socket } from 'node:net';
import { AddressPolicy, publicLookup } from '@patchbay/service';

const CONNECT_LIMIT_MS = 10_000;
const DEFAULT_PORT = 443;
const TARGET = /^(\[[\da-f:.]+\]|[a-z0-9._-]+):(\d{1,5})$/;

/** Where a program may not go; anything else that fails is of the network. */
export class HostRefused extends Error {}

/** Opens a connection for a program. @throws HostRefused */
export type Dial = (target: string) => Socket;

/**
 * Connections to the hosts that the operator lists with a package, and no others. One of them whose address is private
 * is reached where PATCHBAY_ALLOWED_PRIVATE_HOSTS has it too, for the toolkit: a name may be pointed anywhere.
 */
export function dialTo(hosts: readonly string[], toolkit: string, policy: AddressPolicy): Dial {
  const listed = new Set(hosts.map(withPort));
  return (given) => {
    const target = given.toLowerCase();
    const [, host = '', port = ''] = TARGET.exec(target) ?? [];
    if (!host || !listed.has(target)) {
      throw new HostRefused(
        `${given.slice(0, 300)} is not among the hosts that the operator lists for this server in PATCHBAY_STDIO_ALLOWED`,
      );
    }
    let mayBePrivate: boolean;
    try {
      ({ mayBePrivate } = policy.checkUrl(new URL(`https://${target}`), { for: 'toolkit', toolkit }));
    } catch (error) {
      throw new HostRefused((error as Error).message);
    }
    const socket = connect({
      host: host.replace(/^\[|\]$/g, ''),
      port: Number(port),
      ...(!mayBePrivate && { lookup: publicLookup(policy) }),
    });
    // The limit for connecting; what is said of silence later is another one.
    socket.setTimeout(CONNECT_LIMIT_MS, () =>
      socket.destroy(new Error(`${host} could not be reached in time`)),
    );
    socket.once('connect', () => socket.setTimeout(0));
    return socket;
  };
}

function withPort(host: string): string {
  return /:\d+$/.test(host) ? host : `${host}:${DEFAULT_PORT}`;
}
