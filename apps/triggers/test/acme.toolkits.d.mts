export function acmeSignature(body: Uint8Array, time: string, secret: string): string;
