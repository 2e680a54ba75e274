import { AppError } from '@patchbay/contracts';
import type { AuthSpec, InstalledToolkit } from '@patchbay/toolkits';

/** Addresses of a spec that are sent secrets. A browser that signs in elsewhere takes none along. */
const ADDRESSES = [
  'tokenUrl',
  'revocationUrl',
  'registrationUrl',
  'requestTokenUrl',
  'accessTokenUrl',
  'loginUrl',
] as const;

/**
 * Scheme and host of an address, which may have placeholders in it: an account's own values stay in their place, as
 * they are sealed with its secrets. Of a program's package URL the package, in whatever version.
 */
export function originOf(address: string): string {
  if (address.startsWith('pkg:')) return address.replace(/@[^@/]*$/, '');
  const origin = URL.canParse(address) && !address.includes('{') ? new URL(address).origin : undefined;
  return origin ?? (/^[a-z]+:\/\/[^/?#]*/i.exec(address)?.[0] ?? '').toLowerCase();
}

/** Every address that secrets of an account of this scheme are sent to, as the toolkit has it. */
export function addressesOf(toolkit: InstalledToolkit, spec: AuthSpec): string[] {
  const named = spec as Partial<Record<(typeof ADDRESSES)[number], string>>;
  return [
    spec.baseUrl ?? toolkit.baseUrl,
    ...(toolkit.origins ?? []),
    ...ADDRESSES.map((name) => named[name]),
    spec.lookup?.url,
    toolkit.currentUser?.path,
  ].filter((address): address is string => address !== undefined && originOf(address) !== '');
}

/** The origins of them, each once: what an account is bound to when it is connected. */
export function originsOf(toolkit: InstalledToolkit, spec: AuthSpec): string[] {
  return [...new Set(addressesOf(toolkit, spec).map(originOf))].toSorted();
}

/** Whether secrets that were given for some origins may go to others: to none that is not among them. */
export function covers(bound: readonly string[] | null, wanted: readonly string[]): boolean {
  return bound === null || wanted.every((origin) => bound.includes(origin));
}

/** What is the matter with an account or an app whose toolkit is elsewhere now. */
export function movedFrom(
  name: string,
  bound: readonly string[] | null,
  wanted: readonly string[],
): AppError {
  const others = wanted.filter((origin) => !covers(bound, [origin])).join(', ');
  return new AppError('no_active_connection', `${name} was set up for another address than ${others}.`, {
    suggestion:
      'Secrets are sent only to the address they were given for: connect the account again for this one.',
  });
}
