/**
 * A key management service: wraps the keys of the ring, and opens them at a start. It is asked for no value and no call: what a
 * service seals and opens in between is its own work, by the keys that it then holds in memory.
 */
export interface KeyManagement {
  /** @returns a text without commas: what stands in PATCHBAY_ENCRYPTION_KEYS */
  wrap(key: Buffer): Promise<string>;
  /** @throws WrongKey when waiting does not help; any other error when it may */
  unwrap(wrapped: string): Promise<Buffer>;
}

/** The service answers, and refuses: by its rights, or as it did not wrap this. */
export class WrongKey extends Error {
  override name = 'WrongKey';
}

/** Of one request. */
export const KMS_LIMIT_MS = 10_000;
/** Bound to what is wrapped, where the service can: nothing that was wrapped for another purpose opens here. */
export const PURPOSE = { application: 'patchbay', purpose: 'key-ring' };
